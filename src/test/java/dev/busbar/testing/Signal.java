package dev.busbar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;

/** POSIX signals that Java does not send by itself. */
public enum Signal {
    /** Holds a process. */
    STOP,
    /** Lets it go on. */
    CONT;

    public void to(Process process) {
        try {
            Shell.run(new ProcessBuilder("kill", "-" + name(), Long.toString(process.pid())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
