package dev.busbar.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class RequirementTest {

    private final Optional<String> before = Optional.ofNullable(System.getProperty("busbar.required"));

    @BeforeEach
    void requireNothing() {
        System.setProperty("busbar.required", "none");
    }

    @AfterEach
    void restore() {
        before.ifPresentOrElse(
                value -> System.setProperty("busbar.required", value), () -> System.clearProperty("busbar.required"));
    }

    @Test
    void findsACommandOnThePath() {
        assertThat(Requirement.command("sh", "dash").orSkip()).isExecutable();
    }

    @Test
    void skipsWithTheReasonWhatIsAbsent() {
        Requirement absent = Requirement.command("no-such-command", "no-such-package");

        assertThatThrownBy(absent::orSkip)
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("no-such-command is not on the PATH; Debian has it in the package no-such-package");
        assertThat(absent.asCondition().isDisabled()).isTrue();
        assertThat(absent.asCondition().getReason()).contains(absent.absence());
    }

    @Test
    void failsWithTheReasonWhenAllIsRequired() {
        System.setProperty("busbar.required", "all");
        Requirement absent = Requirement.python("no_such_module", "python3-none");

        assertThat(absent.asCondition().isDisabled()).isFalse();
        assertThatThrownBy(absent::orSkip)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no python3 has the module no_such_module");
    }
}
