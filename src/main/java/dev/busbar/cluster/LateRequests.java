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
 * Keeps requests from their handlers that come after the sender has given them up: the sender has tried, or is about to
 * try, another handler. A request carries its deadline in a header, by the clock of the node it comes from, which is
 * taken off here, at the last moment before the handler: after it has waited for the handler's event loop or worker.
 * Thread-safe.
 */
public final class LateRequests implements Handler<DeliveryContext<Object>> {

    /** Of the failure that tells a sender of it who still waits: his clock and the handler's disagree. */
    private static final int LATE = -8_001;

    private static final String NO_CLUSTER = "-";

    private final String id;
    private final PeerClocks clocks;
    private final LongAdder count = new LongAdder();

    /** @param id of this node; {@code null} where there is no cluster */
    LateRequests(String id, PeerClocks clocks) {
        this.id = id == null ? NO_CLUSTER : id;
        this.clocks = clocks;
    }

    /** Has the request carry the deadline that its time-out means, if it is sent now. */
    public void stamp(DeliveryOptions request) {
        var deadline = PeerClocks.now() + request.getSendTimeout();
        if (request.getHeaders() == null) {
            request.setHeaders(MultiMap.caseInsensitiveMultiMap());
        }
        request.getHeaders().set(BusHeaders.DEADLINE, deadline + " " + id);
    }

    /** How many were not given to their handlers. */
    public long count() {
        return count.sum();
    }

    /** Whether a request has failed because it was late for its handler, though its sender waits. */
    public static boolean isLate(Throwable failure) {
        return failure instanceof ReplyException reply
                && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE
                && reply.failureCode() == LATE;
    }

    @Override
    public void handle(DeliveryContext<Object> delivery) {
        var message = delivery.message();
        var deadline = message.headers().get(BusHeaders.DEADLINE);
        // A relayed request is looked at when it comes to its handler.
        if (deadline == null || message.address().startsWith(HandlerRelay.ADDRESS)) {
            delivery.next();
        } else if (isOver(deadline)) {
            count.increment();
            message.fail(LATE, "came after its deadline, and was not handled");
        } else {
            message.headers().remove(BusHeaders.DEADLINE);
            delivery.next();
        }
    }

    private boolean isOver(String deadline) {
        var space = deadline.indexOf(' ');
        try {
            var at = Long.parseLong(deadline, 0, Math.max(0, space), 10);
            var sender = deadline.substring(space + 1);
            if (sender.equals(id)) {
                return PeerClocks.now() >= at;
            }
            var offset = clocks.offset(sender);
            return offset.isPresent() && PeerClocks.now() + offset.getAsLong() >= at;
        } catch (NumberFormatException notOurs) {
            return false;
        }
    }
}
