package dev.busbar.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeerClocksTest {

    private final PeerClocks clocks = new PeerClocks();

    @Test
    void aNodeThatWasNeverAskedIsNotKnown() {
        assertThat(clocks.offset("b")).isEmpty();
    }

    @Test
    void theQuickestAnswerCounts() {
        // The other clock is 5,000 ahead; the question took 2 and the answer 38.
        clocks.add("b", 100, 5_102, 140);
        assertThat(clocks.offset("b").getAsLong()).isBetween(4_980L, 5_002L);

        clocks.add("b", 1_000, 6_001, 1_002);
        // A node that was paused answers late, which tells nothing new.
        clocks.add("b", 2_000, 37_000, 32_001);

        assertThat(clocks.offset("b")).hasValue(5_000);
    }

    @Test
    void aClockThatStoodStillIsMeasuredAnew() {
        clocks.add("b", 1_000, 6_000, 1_000);

        // The other machine was suspended for 3,000, together with its clock.
        clocks.add("b", 9_000, 11_010, 9_020);

        assertThat(clocks.offset("b").getAsLong()).isBetween(1_990L, 2_010L);
    }

    @Test
    void manyNodesComeAndGo() {
        for (var at = 0; at < 5_000; at++) {
            clocks.add("node " + at, at, 0, at);
        }

        assertThat(clocks.offset("node 0")).isEmpty();
        assertThat(clocks.offset("node 4999")).hasValue(-4_999);
    }
}
