package dev.busbar.text;

/**
 * Marks an exception whose message is written for a person: it names what has failed, why, and, where there is one, the
 * remedy. Whoever reports such a failure shows the message alone. Every other exception is a fault of the code, and is
 * reported with its stack trace.
 */
public interface UserFacingFailure {

    /** Returns the message for a person. Never {@code null}; one line, or a line for each of several problems. */
    String getMessage();
}
