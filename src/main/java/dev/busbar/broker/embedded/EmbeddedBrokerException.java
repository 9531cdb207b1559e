package dev.busbar.broker.embedded;

import dev.busbar.text.UserFacingFailure;

/** Tells why the embedded broker cannot start or stop: the message names the configuration key and the remedy. */
public final class EmbeddedBrokerException extends RuntimeException implements UserFacingFailure {

    EmbeddedBrokerException(String message) {
        super(message);
    }

    EmbeddedBrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
