package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.MessagePropertiesBuilder;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InHandTest {

    private final InHand inHand = new InHand();
    private final Arrival first = new Arrival("id", "body", false);

    /** A delivery that the broker can take back. */
    private static final class Arrival implements Delivery {

        private final BridgeMessage message;
        private final boolean redelivered;
        private Settlement settled;
        private boolean live = true;

        Arrival(String id, String body, boolean redelivered) {
            this(MessagePropertiesBuilder.ofJson().messageId(id).build(), body, redelivered);
        }

        Arrival(MessageProperties properties, String body, boolean redelivered) {
            this.message = new BridgeMessage("x", "k", properties, Buffer.buffer(body));
            this.redelivered = redelivered;
        }

        @Override
        public BridgeMessage message() {
            return message;
        }

        @Override
        public String incomplete() {
            return null;
        }

        @Override
        public boolean redelivered() {
            return redelivered;
        }

        @Override
        public boolean live() {
            return live;
        }

        @Override
        public void settle(Settlement settlement) {
            settled = settlement;
        }
    }

    private static Arrival again(String id, String body) {
        return new Arrival(id, body, true);
    }

    @Test
    void whatComesAgainIsSettledWithTheOneInHand() {
        var held = inHand.hold(first, 1, null);
        first.live = false;
        var again = again("id", "body");

        assertThat(inHand.takes(again)).isTrue();
        assertThat(held.live()).isTrue();
        held.settle(Settlement.ACCEPTED);

        assertThat(again.settled).isEqualTo(Settlement.ACCEPTED);
        assertThat(first.settled).isNull();
    }

    @Test
    void anotherMessageOfTheSameIdIsAnother() {
        inHand.hold(first, 1, null);
        assertThat(inHand.takes(again("id", "body")))
                .as("the first is not lost")
                .isFalse();
        first.live = false;

        assertThat(inHand.takes(again("id", "other body"))).isFalse();
        assertThat(inHand.takes(new Arrival("id", "body", false)))
                .as("not redelivered")
                .isFalse();
        assertThat(inHand.takes(again("other", "body"))).isFalse();
    }

    /** Many clients write none. RabbitMQ adds the count when it delivers again. */
    private static Arrival nameless(String body, boolean redelivered, String correlation) {
        var properties = MessagePropertiesBuilder.ofJson().correlationId(correlation);
        return new Arrival(
                (redelivered ? properties.header("x-delivery-count", 1L) : properties).build(), body, redelivered);
    }

    @Test
    void withoutAnIdAMessageIsRecognisedByAllThatItCarries() {
        var nameless = nameless("body", false, "c");
        var held = inHand.hold(nameless, 1, null);
        nameless.live = false;

        assertThat(inHand.takes(nameless("other", true, "c"))).isFalse();
        assertThat(inHand.takes(nameless("body", true, "other"))).isFalse();
        assertThat(inHand.takes(nameless("body", true, "c"))).isTrue();
        assertThat(inHand.takes(nameless("body", true, "c"))).as("one like it").isFalse();
        assertThat(held.live()).isTrue();
    }

    @Test
    void messagesThatAreAlikeAreAsManyAsThereAre() {
        var alike =
                Stream.generate(() -> nameless("ping", false, null)).limit(3).toList();
        var held = alike.stream().map(each -> inHand.hold(each, 1, null)).toList();
        alike.forEach(each -> each.live = false);

        assertThat(inHand.takes(nameless("ping", true, null))).isTrue();
        assertThat(inHand.takes(nameless("ping", true, null))).isTrue();
        inHand.release(held.get(2), 2);
        assertThat(inHand.takes(nameless("ping", true, null))).isFalse();
        assertThat(inHand.next(nameless("ping", true, null), 1)).isEqualTo(2);
        assertThat(inHand.next(nameless("ping", true, null), 1)).isEqualTo(1);
    }

    @Test
    void whatEndedWithoutAnIdHoldsForWhatIsLikeItAlone() {
        var nameless = nameless("body", false, "c");
        var held = inHand.hold(nameless, 1, null);
        nameless.live = false;
        inHand.release(held, 0);

        assertThat(inHand.next(nameless("body", true, "other"), 1)).isEqualTo(1);
        assertThat(inHand.next(nameless("body", false, "c"), 1))
                .as("not redelivered")
                .isEqualTo(1);
        assertThat(inHand.next(nameless("body", true, "c"), 1)).isZero();
    }

    @Test
    void ofManyOfOneIdEachIsRecognised() {
        var second = new Arrival("id", "second", false);
        inHand.hold(first, 1, null);
        inHand.hold(second, 1, null);
        first.live = false;
        second.live = false;

        assertThat(inHand.takes(again("id", "second"))).isTrue();
        assertThat(inHand.takes(again("id", "body"))).isTrue();
    }

    @Test
    void whatEndedWhileTheBrokerHadItBackHoldsForWhatComesAgainOnce() {
        var held = inHand.hold(first, 1, null);
        first.live = false;
        inHand.release(held, 3);
        var again = again("id", "body");

        assertThat(inHand.takes(again)).isFalse();
        assertThat(inHand.next(again, 1)).isEqualTo(3);
        assertThat(inHand.next(again, 1)).isEqualTo(1);
    }

    @Test
    void whatWasSettledIsForgotten() {
        inHand.release(inHand.hold(first, 1, null), 0);

        assertThat(inHand.next(again("id", "body"), 1)).isEqualTo(1);
    }
}
