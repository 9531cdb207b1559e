package dev.busbar.route;

import dev.busbar.cluster.LateRequests;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/** Why a request has no reply, as the event bus tells. */
final class RequestFailures {

    /** How the event bus begins to say, of a consumer that has gone, what nothing else tells from a time-out. */
    private static final String DISCARDED = "Discarded the request";

    private RequestFailures() {}

    /** No node has a handler. */
    static boolean isWithoutHandler(Throwable failure) {
        return isOf(ReplyFailure.NO_HANDLERS, failure);
    }

    /** Nobody listens; or somebody did, and went before this one's turn. */
    static boolean isUnheard(Throwable failure) {
        return isWithoutHandler(failure) || isOf(ReplyFailure.TIMEOUT, failure) && isDiscarded(failure);
    }

    /** A handler has it, or will have it, or had it, and has not said so in time; or its node cannot be reached. */
    static boolean isSilence(Throwable failure) {
        return isOf(ReplyFailure.ERROR, failure) || isOf(ReplyFailure.TIMEOUT, failure) && !isDiscarded(failure);
    }

    /** It was kept from its handler, whose clock has it that time was up. */
    static boolean isLate(Throwable failure) {
        return LateRequests.isLate(failure);
    }

    private static boolean isOf(ReplyFailure type, Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == type;
    }

    private static boolean isDiscarded(Throwable failure) {
        return failure.getMessage() != null && failure.getMessage().startsWith(DISCARDED);
    }
}
