package dev.busbar.delivery;

import dev.busbar.text.UserFacingFailure;

/** Tells why a message could not be moved to its dead-letter, parking or delay queue. Carries no stack trace. */
final class MoveFailedException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    MoveFailedException(String route, String message) {
        super("route '" + route + "' " + message, null, false, false);
    }
}
