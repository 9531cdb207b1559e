package dev.busbar.delivery;

/**
 * Why a message sent to an outbound route with {@code request} failed: the {@code failureCode()} of the
 * {@link io.vertx.core.eventbus.ReplyException} its sender gets, whose message says more.
 */
public enum SendFailure {
    /** The message was mandatory and no queue took it. */
    UNROUTABLE(5001),
    /** The broker refused the message. */
    REFUSED(5002),
    /** The route's buffer is full, or the message was dropped from it to make room. */
    BUFFER_FULL(5003),
    /** The message was not confirmed, or not answered, in time; the text says whether it may have been published. */
    TIMED_OUT(5004),
    /** The body, a header or the routing key cannot be written. */
    UNREADABLE(5005),
    /** The route has been stopped; the text says whether the message may have been published. */
    STOPPED(5006);

    private final int code;

    SendFailure(int code) {
        this.code = code;
    }

    /**
     * Returns what tells a sender this failure.
     *
     * @return the {@code failureCode()} of the exception
     */
    public int code() {
        return code;
    }
}
