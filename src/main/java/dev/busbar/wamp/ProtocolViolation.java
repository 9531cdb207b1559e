package dev.busbar.wamp;

/** A client does not keep to the protocol; the message says how, for whoever wrote it. */
final class ProtocolViolation extends RuntimeException {

    private static final long serialVersionUID = 1;

    ProtocolViolation(String message) {
        super(message, null, false, false);
    }
}
