package dev.busbar.web.sockjs;

import dev.busbar.access.Permissions;

/** Tells one browser which of its requests are refused, and why. */
final class Refusals {

    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int FAILED = 500;

    private static final int MAX_ADDRESS_LENGTH = 255 + Permissions.BROKER.length();
    /** The length of the UUIDs that clients use. */
    private static final int MAX_REPLY_ADDRESS_LENGTH = 36;

    private final SocketOutbox out;

    Refusals(SocketOutbox out) {
        this.out = out;
    }

    /** @param error vertx-web's name of the error */
    void refuse(String error, String address, String message) {
        out.answer(Frames.refused(error, address, message));
    }

    /**
     * Refuses a frame. If its sender waits for a reply, the refusal is the reply.
     *
     * @param code the matching HTTP status
     */
    void refuse(String error, int code, BrowserFrame frame, String message) {
        var repeatable = !isLong(frame.address(), MAX_ADDRESS_LENGTH);
        if (repeatable && frame.replyAddress() != null && !isLong(frame.replyAddress(), MAX_REPLY_ADDRESS_LENGTH)) {
            out.answer(Frames.refused(error, code, frame, message));
        } else {
            refuse(error, repeatable ? frame.address() : null, message);
        }
    }

    /** Refuses a frame whose addresses are too long to be repeated in an answer; returns whether it did. */
    boolean refuseTooLong(BrowserFrame frame) {
        if (isLong(frame.address(), MAX_ADDRESS_LENGTH)) {
            refuse(
                    "max_address_length_reached",
                    null,
                    "the address is longer than " + MAX_ADDRESS_LENGTH + " characters");
            return true;
        }
        if (isLong(frame.replyAddress(), MAX_REPLY_ADDRESS_LENGTH)) {
            refuse(
                    "invalid_reply_address",
                    frame.address(),
                    "the reply address is longer than " + MAX_REPLY_ADDRESS_LENGTH + " characters");
            return true;
        }
        return false;
    }

    private static boolean isLong(String text, int maxLength) {
        return text != null && text.length() > maxLength;
    }
}
