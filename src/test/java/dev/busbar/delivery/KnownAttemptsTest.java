package dev.busbar.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownAttemptsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong now = new AtomicLong();
    private final KnownAttempts known = new KnownAttempts(10, null, now::get);

    private record Again(BridgeMessage message) implements Delivery {

        static Again of(String id) {
            var properties = MessageProperties.builder()
                    .contentType("application/json")
                    .messageId(id)
                    .build();
            return new Again(new BridgeMessage("x", "k", properties, Buffer.buffer("{}")));
        }

        @Override
        public String incomplete() {
            return null;
        }

        @Override
        public boolean redelivered() {
            return true;
        }

        @Override
        public boolean live() {
            return true;
        }

        @Override
        public void settle(Settlement settlement) {}
    }

    @Test
    void whatAHandlerHasHadIsKnownByItsIdForEver() {
        known.remember(Again.of("a"), 0);
        now.addAndGet(MINUTE.toNanos());

        assertThat(known.next(Again.of("b"))).isNull();
        assertThat(known.next(Again.of("a"))).isZero();
        assertThat(known.next(Again.of("a"))).as("once").isNull();
    }

    /** A heartbeat, for instance: what comes later is another one, and would be lost. */
    @Test
    void withoutAnIdWhatIsAlikeIsAnotherMessageAfterAWhile() {
        known.remember(Again.of(null), 0);
        assertThat(known.next(Again.of(null))).isZero();

        known.remember(Again.of(null), 0);
        now.addAndGet(MINUTE.toNanos());

        assertThat(known.next(Again.of(null))).isNull();
    }

    @Test
    void whatIsToBeTriedAgainIsKnownWithoutAnIdToo() {
        known.remember(Again.of(null), 3);
        now.addAndGet(MINUTE.toNanos());

        assertThat(known.next(Again.of(null))).isEqualTo(3);
    }
}
