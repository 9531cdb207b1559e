package dev.busbar.access;

import dev.busbar.text.UserFacingFailure;

/**
 * Says that an authorization is not accepted, or that the settings for it cannot be used. The message may be sent to
 * the client: it reveals nothing about the credentials that would be accepted. Has no stack trace.
 */
public final class AccessException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    AccessException(String message) {
        super(message, null, false, false);
    }
}
