package dev.busbar.wamp;

import dev.busbar.text.UserFacingFailure;

/**
 * Says that a client's message breaks the protocol. The text names the mistake, for the client's author. A client that
 * has not joined is disconnected; in a joined session only the message is lost. Has no stack trace.
 */
final class ProtocolViolation extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    /** Transient, because exceptions are serializable and requests are not; this exception is never serialized. */
    private final transient Request request;

    ProtocolViolation(String message) {
        this(message, null);
    }

    /** @param request the request that the message was meant to be; {@code null} if the message is no request */
    ProtocolViolation(String message, Request request) {
        super(message, null, false, false);
        this.request = request;
    }

    /** @return the request that the message was meant to be; {@code null} if the message is no request */
    Request request() {
        return request;
    }
}
