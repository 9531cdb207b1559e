package dev.busbar.mq;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * Why a request to {@link MessageQueueControl#ADDRESS} failed: the {@code failureCode()} its sender gets; the message
 * says more. What is produced fails with the code of a {@link dev.busbar.delivery.SendFailure} besides.
 */
public enum ControlFailure {
    /** The request is not understood; nothing has been done. */
    BAD_REQUEST(5101),
    /** The persistent name is being consumed. */
    NAME_TAKEN(5102),
    /** There are as many consumers as {@code subscriptions.control.consumers} permits. */
    TOO_MANY(5103),
    /** The broker has refused it, or this node is about to stop. */
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
