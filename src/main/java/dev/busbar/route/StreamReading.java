package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.RabbitMqArguments;
import dev.busbar.broker.Topology;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueType;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * A route's reading of its queue, if that is a stream: it goes on where it was after a lost connection, and if its
 * queue is a persistent one, after a restart. Of any other queue the broker keeps what is left to be done. Confined to
 * the event loop.
 */
final class StreamReading {

    /** {@code null} if the queue is no stream. */
    private final StreamPosition position;
    /** {@code null} if the position is not kept. */
    private final KeptPosition kept;

    private final StreamCheck check;
    /** How often it has been asked whether the stream is another one; only the last answer counts. */
    private int checks;

    StreamReading(InboundRoute route, RouteContext shared, Topology topology) {
        check = new StreamCheck(shared.vertx(), shared.consuming(), route.name(), topology);
        if (route.queue().type() == QueueType.STREAM) {
            position = new StreamPosition(route.queue().arguments().get(RabbitMqArguments.STREAM_OFFSET), this::moved);
        } else {
            position = null;
        }
        kept = KeptPosition.topology(route, shared.node()) == null
                ? null
                : new KeptPosition(route, shared, position::mark);
    }

    private void moved() {
        if (kept != null) {
            kept.moved();
        }
    }

    /** @return completes when it is known where to begin */
    Future<Void> begin() {
        return kept == null
                ? Future.succeededFuture()
                : kept.read()
                        .onSuccess(mark -> {
                            if (mark != null) {
                                position.resume(mark);
                            }
                        })
                        .mapEmpty();
    }

    /**
     * To be asked whenever consuming has begun.
     *
     * @return whether the stream is another one than before, to be read anew from its beginning
     */
    Future<Boolean> isAnother() {
        if (position == null || position.mark().next() <= 0) {
            return Future.succeededFuture(false);
        }
        var before = position.mark();
        var number = ++checks;
        return check.reaches(
                        before.next(), () -> number != checks || position.mark().delivered() > before.delivered())
                .map(reached -> {
                    if (!reached) {
                        position.startOver();
                    }
                    return !reached;
                });
    }

    /** As a {@link dev.busbar.broker.SubscriptionSpec} has it. */
    Supplier<Object> offset() {
        return position == null ? null : position::start;
    }

    /** @return {@code null} if it had been settled before, which it is again */
    Delivery arrived(Delivery delivery) {
        return position == null ? delivery : position.arrived(delivery);
    }

    /** @return completes when the position is kept, or cannot be */
    Future<Void> stop() {
        checks++;
        return kept == null ? Future.succeededFuture() : kept.stop().otherwiseEmpty();
    }
}
