package dev.busbar.delivery;

import dev.busbar.text.UserFacingFailure;

/** Tells that a body is larger than {@code broker.maxMessageSize}. Carries no stack trace. */
public final class TooLargeException extends IllegalArgumentException implements UserFacingFailure {

    private static final long serialVersionUID = 1;

    public TooLargeException(long bytes, long maxBytes) {
        super("the body of " + bytes + " bytes is larger than broker.maxMessageSize, " + maxBytes + " bytes");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
