package dev.busbar.check;

import java.util.List;
import java.util.Locale;

/**
 * Says what a broker has where the configuration needs something.
 *
 * @param verdict what it means for a start
 * @param what the exchange, the queue or the route, for a person
 * @param words what was found, and the remedy if it is a problem
 * @param users the routes and parts that need it, for a person
 */
public record Finding(Verdict verdict, String what, String words, List<String> users) {

    /** What a finding means for a start. */
    public enum Verdict {
        /** Nothing is to be done. */
        OK,
        /** Busbar declares it when it starts. */
        NEW,
        /** The broker does not tell. */
        UNKNOWN,
        /** A route or part that needs it cannot start, or waits until somebody mends it. */
        PROBLEM
    }

    /** Returns the finding as one line, without the line's end. */
    public String line() {
        return String.format(Locale.ROOT, "  %-7s  %s %s", verdict.name().toLowerCase(Locale.ROOT), what, words)
                + (users.isEmpty() ? "" : " (" + String.join(", ", users) + ")");
    }
}
