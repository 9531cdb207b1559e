package dev.busbar.launch;

import dev.busbar.text.UserFacingFailure;

/** Ends a command that cannot do what it was asked to do. The message says why and what to do. Has no stack trace. */
final class CommandFailure extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    CommandFailure(String message) {
        super(message, null, false, false);
    }
}
