package dev.busbar.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.broker.SampleDelivery;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownAttemptsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong now = new AtomicLong();
    private final KnownAttempts known = new KnownAttempts(10, null, now::get);

    private static SampleDelivery again(String id) {
        return SampleDelivery.of(id, "{}").again();
    }

    @Test
    void whatAHandlerHasHadIsKnownByItsIdForEver() {
        known.remember(again("a"), 0);
        now.addAndGet(MINUTE.toNanos());

        assertThat(known.next(again("b"))).isNull();
        assertThat(known.next(again("a"))).isZero();
        assertThat(known.next(again("a"))).as("once").isNull();
    }

    /** A heartbeat, for instance: what comes later is another one, and would be lost. */
    @Test
    void withoutAnIdWhatIsAlikeIsAnotherMessageAfterAWhile() {
        known.remember(again(null), 0);
        assertThat(known.next(again(null))).isZero();

        known.remember(again(null), 0);
        now.addAndGet(MINUTE.toNanos());

        assertThat(known.next(again(null))).isNull();
    }

    @Test
    void whatIsToBeTriedAgainIsKnownWithoutAnIdToo() {
        known.remember(again(null), 3);
        now.addAndGet(MINUTE.toNanos());

        assertThat(known.next(again(null))).isEqualTo(3);
    }
}
