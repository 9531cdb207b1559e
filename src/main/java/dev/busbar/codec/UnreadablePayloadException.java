package dev.busbar.codec;

import dev.busbar.text.UserFacingFailure;

/**
 * Tells why a body cannot, or must not, be read. Delivering it again does not help. Has no stack trace, because the
 * fault is in the message and not in the code.
 */
public final class UnreadablePayloadException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1L;

    UnreadablePayloadException(String reason) {
        super(reason, null, false, false);
    }

    /** Returns the reason for a person, which names the content type and the place. Suits a dead-letter header. */
    public String reason() {
        return getMessage();
    }
}
