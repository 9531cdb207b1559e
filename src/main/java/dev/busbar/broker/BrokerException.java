package dev.busbar.broker;

import dev.busbar.text.UserFacingFailure;

/**
 * Reports that a broker could not do what it was asked, so that a person can act on it: the message names the thing,
 * the place and the remedy, and the exception carries no stack trace.
 */
public final class BrokerException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    /** Names the kinds of failure. */
    public enum Kind {
        /** No server answers there, or the connection ended; may pass. */
        UNREACHABLE,
        /** A server answers that does not speak the protocol. */
        NOT_A_BROKER,
        /** The broker does not accept the user, the password or the certificate. */
        AUTHENTICATION,
        /** The virtual host, exchange or queue does not exist. */
        NOT_FOUND,
        /** The queue, which others declare, does not exist yet; may pass. */
        AWAITED,
        /** The user lacks the permission. */
        FORBIDDEN,
        /** The exchange or queue exists with other arguments. */
        MISMATCH,
        /** The broker or this connection has reached a limit. */
        LIMIT,
        /** The broker refused for another reason. */
        REFUSED;

        /**
         * Returns whether the same attempt may succeed later without a change of configuration.
         *
         * @return whether to try again
         */
        public boolean mayPass() {
            return this == UNREACHABLE || this == AWAITED;
        }
    }

    /** The kind of failure, which says what can be done about it. */
    private final Kind kind;

    /**
     * Makes a failure without a cause.
     *
     * @param kind the kind of failure
     * @param message names the thing, the place and the remedy
     */
    public BrokerException(Kind kind, String message) {
        this(kind, message, null);
    }

    /**
     * Makes a failure with a cause.
     *
     * @param kind the kind of failure
     * @param message names the thing, the place and the remedy
     * @param cause what the client library has thrown; may be {@code null}
     */
    public BrokerException(Kind kind, String message, Throwable cause) {
        super(message, cause, false, false);
        this.kind = kind;
    }

    /**
     * Returns the kind of failure.
     *
     * @return never {@code null}
     */
    public Kind kind() {
        return kind;
    }
}
