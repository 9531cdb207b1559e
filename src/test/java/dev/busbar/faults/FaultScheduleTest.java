package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.faults.FaultSchedule.Fault;
import dev.busbar.faults.FaultSchedule.Step;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

    private static final Duration LENGTH = Duration.ofMinutes(10);

    @Test
    void isTheSameForTheSameSeedAndAnotherForAnother() {
        assertThat(of(17)).isEqualTo(of(17)).isNotEqualTo(of(18));
    }

    @Test
    void isAsLongAsItShallBe() {
        var time = of(17).steps().stream().map(Step::time).reduce(Duration.ZERO, Duration::plus);

        assertThat(time).isBetween(LENGTH, LENGTH.plusSeconds(20));
    }

    @Test
    void hasEveryFaultInIt() {
        assertThat(of(17).steps().stream().map(Step::fault).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.allOf(Fault.class));
    }

    private static FaultSchedule of(long seed) {
        return FaultSchedule.of(new Random(seed), LENGTH);
    }
}
