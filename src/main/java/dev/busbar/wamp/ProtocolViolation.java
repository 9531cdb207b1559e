package dev.busbar.wamp;

import dev.busbar.text.UserFacingFailure;

/**
 * A message of a client does not keep to the protocol; the text says how, for whoever wrote it. It is the end of who
 * has not joined yet, and else the fault of this one message.
 */
final class ProtocolViolation extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    /** Not kept where exceptions are serialised, which this one never is. */
    private final transient Request request;

    ProtocolViolation(String message) {
        this(message, null);
    }

    /** @param request that the message was meant to be; {@code null} if nothing can be told */
    ProtocolViolation(String message, Request request) {
        super(message, null, false, false);
        this.request = request;
    }

    /** @return {@code null} if it was none, or cannot be told */
    Request request() {
        return request;
    }
}
