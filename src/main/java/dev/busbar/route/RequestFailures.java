package dev.busbar.route;

import dev.busbar.cluster.LateRequests;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** Tells apart why a request has no reply, from what the event bus says. */
final class RequestFailures {

    /** The beginning of the event bus's text for a consumer that has gone; its failure type is that of a time-out. */
    private static final String DISCARDED = "Discarded the request";

    private RequestFailures() {}

    /** Returns whether no node has a handler. */
    static boolean isWithoutHandler(Throwable failure) {
        return isOf(ReplyFailure.NO_HANDLERS, failure);
    }

    /** Returns whether no handler has received the request: none listens, or it went before the request's turn. */
    static boolean isUnheard(Throwable failure) {
        return isWithoutHandler(failure) || isOf(ReplyFailure.TIMEOUT, failure) && isDiscarded(failure);
    }

    /** Returns whether a handler may have received the request and has not replied in time, or its node is away. */
    static boolean isSilence(Throwable failure) {
        return isOf(ReplyFailure.ERROR, failure) || isOf(ReplyFailure.TIMEOUT, failure) && !isDiscarded(failure);
    }

    /** Returns whether the handler's node has dropped the request because its deadline was over there. */
    static boolean isLate(Throwable failure) {
        return LateRequests.isLate(failure);
    }

    /** Returns why the attempt has failed, for a person. */
    static String reason(Throwable failure) {
        if (failure instanceof ReplyException reply) {
            return reply.failureType() == ReplyFailure.TIMEOUT
                    ? "the handler did not reply in time"
                    : "the handler failed: " + reply.failureCode() + " " + reply.getMessage();
        }
        return failure.toString();
    }

    private static boolean isOf(ReplyFailure type, Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == type;
    }

    private static boolean isDiscarded(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith(DISCARDED);
    }
}
