package dev.busbar.web;

import dev.busbar.text.UserFacingFailure;

/**
 * Says that a server could not be started: it cannot listen at the configured host and port, or its authentication
 * cannot be used. The message names the setting and the remedy. Has no stack trace.
 */
public final class ListenException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    ListenException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
