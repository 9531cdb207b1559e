package dev.busbar.codec;

/**
 * A body that cannot, or must not, be read. Delivering it again does not help. Has no stack trace: it speaks of the
 * message, not of the code.
 */
public final class UnreadablePayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadablePayloadException(String reason) {
        super(reason, null, false, false);
    }

    /** A sentence for people, which names the content type and the place; fit for a dead-letter header. */
    public String reason() {
        return getMessage();
    }
}
