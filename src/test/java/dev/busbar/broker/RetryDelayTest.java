package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.busbar.config.Backoff;
import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RetryDelayTest {

    @Property
    void staysBetweenHalfOfTheIntervalAndTheInterval(
            @ForAll @LongRange(min = 1, max = 3_600_000) long initial,
            @ForAll @LongRange(max = 3_600_000) long more,
            @ForAll @IntRange(min = 1, max = 200) int failures) {
        var max = initial + more;
        var interval = Math.min(max, initial * Math.pow(2, failures - 1));

        var delay = delay(initial, max).after(failures).toMillis();

        assertThat((double) delay).isBetween(Math.max(1, Math.floor(interval / 2)), interval);
    }

    @Test
    void anyNumberOfFailuresIsTooFewToOverflow() {
        var delay = delay(1, Duration.ofHours(24).toMillis());

        assertThat(delay.after(Integer.MAX_VALUE)).isBetween(Duration.ofHours(12), Duration.ofHours(24));
        assertThat(delay.after(0)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void thoseWhoFailedTogetherReturnAtDifferentTimesHoweverLongTheOutage() {
        var delay = delay(100, 30_000);

        assertThat(distinct(delay, 1)).isGreaterThan(10);
        assertThat(distinct(delay, 1_000)).isGreaterThan(100);
    }

    @Test
    void aPolicyTakesAnyDurationsThatRise() {
        var policy = ReconnectPolicy.forever(Duration.ofNanos(1_500_000), Duration.ofDays(3));

        assertThat(policy.delay(1)).isEqualTo(Duration.ofMillis(1));
        assertThat(policy.delay(100)).isBetween(Duration.ofHours(36), Duration.ofDays(3));
    }

    @Test
    void aPolicyRefusesDurationsThatFallAndNegativeAttempts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReconnectPolicy.forever(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .withMessageContaining("PT2S")
                .withMessageContaining("PT1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReconnectPolicy.forever(Duration.ofNanos(1), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReconnectPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), -1))
                .withMessageContaining("maxAttempts");
    }

    private static long distinct(RetryDelay delay, int failures) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> delay.after(failures))
                .distinct()
                .count();
    }

    private static RetryDelay delay(long initialMillis, long maxMillis) {
        return new RetryDelay(new Backoff(Duration.ofMillis(initialMillis), Duration.ofMillis(maxMillis)));
    }
}
