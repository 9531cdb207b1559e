package dev.busbar.access;

import dev.busbar.text.UserFacingFailure;

/** Somebody is not who they say; the message is for them, and tells nothing of what would have been right. */
public final class AccessException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    AccessException(String message) {
        super(message, null, false, false);
    }
}
