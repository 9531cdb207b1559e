package dev.busbar.web.sockjs;

import dev.busbar.access.Permissions;

/** Tells one socket what it has asked for in vain. */
final class Refusals {

    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int FAILED = 500;

    private static final int LONGEST_ADDRESS = 255 + Permissions.BROKER.length();
    private static final int LONGEST_REPLY_ADDRESS = 36;

    private final SocketOutbox out;

    Refusals(SocketOutbox out) {
        this.out = out;
    }

    /** @param error the stock bridge's word for it */
    void refuse(String error, String address, String message) {
        out.answer(Frames.refused(error, address, message));
    }

    /**
     * Also to whoever waits for a reply to the frame.
     *
     * @param code as the status that HTTP has for it
     */
    void refuse(String error, int code, BrowserFrame frame, String message) {
        var repeatable = !isLong(frame.address(), LONGEST_ADDRESS);
        if (repeatable && frame.replyAddress() != null && !isLong(frame.replyAddress(), LONGEST_REPLY_ADDRESS)) {
            out.answer(Frames.refused(error, code, frame, message));
        } else {
            refuse(error, repeatable ? frame.address() : null, message);
        }
    }

    /** @return whether it has been refused for being too long to be repeated */
    boolean tooLong(BrowserFrame frame) {
        if (isLong(frame.address(), LONGEST_ADDRESS)) {
            refuse("max_address_length_reached", null, "the address is longer than " + LONGEST_ADDRESS + " characters");
            return true;
        }
        if (isLong(frame.replyAddress(), LONGEST_REPLY_ADDRESS)) {
            refuse(
                    "invalid_reply_address",
                    frame.address(),
                    "the reply address is longer than " + LONGEST_REPLY_ADDRESS + " characters");
            return true;
        }
        return false;
    }

    private static boolean isLong(String text, int most) {
        return text != null && text.length() > most;
    }
}
