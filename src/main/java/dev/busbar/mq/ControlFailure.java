package dev.busbar.mq;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * Why a request to {@link MessageQueueControl#ADDRESS} failed: the {@code failureCode()} that its sender gets; the text
 * says more. Requests to produce may fail with the code of a {@link dev.busbar.delivery.SendFailure} too.
 */
public enum ControlFailure {
    /** The request cannot be understood; nothing has been done. */
    BAD_REQUEST(5101),
    /** Another consumer has the persistent name. */
    NAME_TAKEN(5102),
    /** There are as many consumers as {@code subscriptions.control.consumers} permits. */
    TOO_MANY(5103),
    /** The broker has refused the request, or this node is stopping. */
    FAILED(5104);

    private final int code;

    ControlFailure(int code) {
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

    ReplyException because(String reason) {
        return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, reason);
    }
}
