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

        /** Whether the same attempt may succeed later without anyone changing the configuration. */
        public boolean mayPass() {
            return this == UNREACHABLE || this == AWAITED;
        }
    }

    private final Kind kind;

    public BrokerException(Kind kind, String message) {
        this(kind, message, null);
    }

    public BrokerException(Kind kind, String message, Throwable cause) {
        super(message, cause, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
