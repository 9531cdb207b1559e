package dev.busbar.broker;

import dev.busbar.text.UserFacingFailure;

/**
 * A broker could not do what it was asked, told so that a person can act on it: the message names the thing, the place
 * and the remedy, and carries no stack trace.
 */
public final class BrokerException extends RuntimeException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    /** What kind of failure it is. */
    public enum Kind {
        /** Nobody answers there, or the connection ended; may pass. */
        UNREACHABLE,
        /** Somebody answers who does not speak the protocol. */
        NOT_A_BROKER,
        /** User, password or certificate not accepted. */
        AUTHENTICATION,
        /** The virtual host, exchange or queue does not exist. */
        NOT_FOUND,
        /** The queue, which others declare, does not exist yet; may pass. */
        AWAITED,
        /** The user may not do this. */
        FORBIDDEN,
        /** It exists with other arguments. */
        MISMATCH,
        /** The broker or this connection has reached a limit. */
        LIMIT,
        /** The broker refused for another reason. */
        REFUSED;

        /**
         * Returns whether the same attempt may succeed later without anyone changing the configuration.
         *
         * @return whether it is worth trying again
         */
        public boolean mayPass() {
            return this == UNREACHABLE || this == AWAITED;
        }
    }

    /** Tells what others can do about it. */
    private final Kind kind;

    /**
     * Makes a failure that has no other one for its cause.
     *
     * @param kind what kind of failure it is
     * @param message names the thing, the place and the remedy
     */
    public BrokerException(Kind kind, String message) {
        this(kind, message, null);
    }

    /**
     * Makes a failure.
     *
     * @param kind what kind of failure it is
     * @param message names the thing, the place and the remedy
     * @param cause what the library has thrown; may be {@code null}
     */
    public BrokerException(Kind kind, String message, Throwable cause) {
        super(message, cause, false, false);
        this.kind = kind;
    }

    /**
     * Returns what kind of failure it is.
     *
     * @return never {@code null}
     */
    public Kind kind() {
        return kind;
    }
}
