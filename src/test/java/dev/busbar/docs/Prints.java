package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.launch.Command;
import java.time.Duration;

/** What an example has to print, and what it must not. */
final class Prints {

    /** Far more than it takes; a machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Prints() {}

    /** Waits for it. */
    static void expect(Block example, Command running) {
        assertThat(example.prints())
                .as("above %s stands what it prints: <!-- prints: TEXT -->", example)
                .isNotEmpty();
        example.prints().forEach(text -> running.printing(text, PATIENCE));
    }

    /** Nothing is wrong, and nobody is bothered with details. */
    static void assertQuiet(String output) {
        assertThat(output).doesNotContain(" DEBUG ", " WARN ", " ERROR ", "Exception", "\tat ");
    }
}
