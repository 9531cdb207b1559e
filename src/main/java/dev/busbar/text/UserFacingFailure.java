package dev.busbar.text;

/**
 * Marks an exception whose message is written for a person: the message says what has failed and why, and names the
 * remedy if there is one. Code that reports such a failure shows the message only. Any other exception is reported with
 * its class and stack trace, which are needed to understand it.
 */
public interface UserFacingFailure {

    /**
     * Returns the message for a person.
     *
     * @return never {@code null}; one line, or a line for each of several problems
     */
    String getMessage();
}
