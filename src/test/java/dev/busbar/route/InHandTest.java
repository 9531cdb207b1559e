package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessagePropertiesBuilder;
import io.vertx.core.buffer.Buffer;
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
            this.message = new BridgeMessage(
                    "x", "k", MessagePropertiesBuilder.ofJson().messageId(id).build(), Buffer.buffer(body));
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

    @Test
    void withoutAnIdNothingIsRecognised() {
        var nameless = new Arrival(null, "body", false);
        inHand.release(inHand.hold(nameless, 1, null), 0);
        inHand.hold(nameless, 1, null);
        nameless.live = false;

        assertThat(inHand.takes(again(null, "body"))).isFalse();
        assertThat(inHand.next(again(null, "body"), 1)).isEqualTo(1);
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
