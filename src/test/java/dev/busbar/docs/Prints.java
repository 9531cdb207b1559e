package dev.busbar.docs;

import dev.busbar.launch.Command;
import java.time.Duration;

/** Waits for what an example has to print. */
final class Prints {

    /** Far more than it takes; a machine may be busy. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private Prints() {}

    static void expect(Block example, Command running) {
        example.prints().forEach(text -> running.printing(text, PATIENCE));
    }
}
