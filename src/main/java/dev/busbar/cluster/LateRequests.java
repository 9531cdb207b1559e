package dev.busbar.cluster;

import dev.busbar.codec.BusHeaders;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.concurrent.atomic.LongAdder;

/**
 * Drops requests that reach their handler after the sender has given them up, because the sender has tried, or is about
 * to try, another handler. A request carries its deadline in a header, by the clock of the sender's node. This
 * interceptor runs last before the handler, after any wait for the handler's event loop or worker, and removes the
 * header. Thread-safe.
 */
public final class LateRequests implements Handler<DeliveryContext<Object>> {

    /** The failure code for a sender that still waits, because its clock and the handler's disagree. */
    private static final int LATE_CODE = -8_001;

    private static final String ID_WITHOUT_CLUSTER = "-";

    private final String id;
    private final PeerClocks clocks;
    private final LongAdder count = new LongAdder();

    /** @param id the id of this node; {@code null} without a cluster */
    LateRequests(String id, PeerClocks clocks) {
        this.id = id == null ? ID_WITHOUT_CLUSTER : id;
        this.clocks = clocks;
    }

    /** Adds a header with the deadline of a request that is sent now: the time, and the time-out of the request. */
    public void stamp(DeliveryOptions request) {
        var deadline = PeerClocks.now() + request.getSendTimeout();
        if (request.getHeaders() == null) {
            request.setHeaders(MultiMap.caseInsensitiveMultiMap());
        }
        request.getHeaders().set(BusHeaders.DEADLINE, deadline + " " + id);
    }

    /** Returns how many requests have been dropped. */
    public long count() {
        return count.sum();
    }

    /** Returns whether a request has failed because it was dropped here although its sender still waits. */
    public static boolean isLate(Throwable failure) {
        return failure instanceof ReplyException reply
                && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE
                && reply.failureCode() == LATE_CODE;
    }

    @Override
    public void handle(DeliveryContext<Object> delivery) {
        var message = delivery.message();
        var deadline = message.headers().get(BusHeaders.DEADLINE);
        // A relayed request is checked when it reaches its handler.
        if (deadline == null || message.address().startsWith(HandlerRelay.ADDRESS)) {
            delivery.next();
        } else if (hasPassed(deadline)) {
            count.increment();
            message.fail(LATE_CODE, "came after its deadline, and was not handled");
        } else {
            message.headers().remove(BusHeaders.DEADLINE);
            delivery.next();
        }
    }

    private boolean hasPassed(String deadline) {
        var space = deadline.indexOf(' ');
        try {
            var deadlineMillis = Long.parseLong(deadline, 0, Math.max(0, space), 10);
            var sender = deadline.substring(space + 1);
            if (sender.equals(id)) {
                return PeerClocks.now() >= deadlineMillis;
            }
            var offset = clocks.offset(sender);
            return offset.isPresent() && PeerClocks.now() + offset.getAsLong() >= deadlineMillis;
        } catch (NumberFormatException foreignHeader) {
            return false;
        }
    }
}
