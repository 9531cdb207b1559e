package dev.busbar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PoisonMessageGateTest {

    private int opened;
    private final PoisonMessageGate gate = new PoisonMessageGate(() -> opened++);

    private void sent(int count) {
        for (int i = 0; i < count; i++) {
            gate.sent();
        }
    }

    @Test
    void isOpenHoweverMuchIsInFlight() {
        sent(100);
        gate.answered();
        gate.lost();

        assertThat(gate.isOpen()).isTrue();
        assertThat(opened).isZero();
    }

    @Test
    void letsOneAtATimeThroughUntilAsManyAreAnsweredAsWereInFlight() {
        sent(2);
        gate.connectionEnded();
        gate.lost();
        gate.lost();

        for (int i = 0; i < 2; i++) {
            assertThat(gate.isOpen()).isTrue();
            gate.sent();
            assertThat(gate.isOpen()).isFalse();
            gate.answered();
            assertThat(opened).isEqualTo(i + 1);
        }
        sent(2);
        assertThat(gate.isOpen()).isTrue();
    }

    @Test
    void staysAsNarrowWhenTheConnectionEndsAgain() {
        sent(3);
        gate.connectionEnded();
        for (int i = 0; i < 3; i++) {
            gate.lost();
        }
        gate.sent();
        gate.connectionEnded();
        gate.lost();

        gate.sent();
        gate.answered();
        gate.sent();
        assertThat(gate.isOpen()).isFalse();
    }
}
