package dev.busbar.web;

import dev.busbar.text.UserFacingFailure;

/** A server cannot listen where it was told to; the message names the setting and the remedy. Has no stack trace. */
public final class ListenException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    ListenException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
