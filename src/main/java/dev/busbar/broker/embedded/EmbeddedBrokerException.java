package dev.busbar.broker.embedded;

/** The embedded broker cannot start; the message names the setting at fault and the remedy. */
public final class EmbeddedBrokerException extends RuntimeException {

    EmbeddedBrokerException(String message) {
        super(message);
    }

    EmbeddedBrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
