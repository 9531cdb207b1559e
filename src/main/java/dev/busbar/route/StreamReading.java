package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.RabbitMqArguments;
import dev.busbar.broker.Topology;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueType;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Reads a route's queue from the right position, if the queue is a stream: after a lost connection from where it was,
 * and after a restart too if the queue is persistent. Of any other queue the broker itself keeps what is left. Confined
 * to the event loop.
 */
final class StreamReading {

    /** {@code null} if the queue is no stream. */
    private final StreamPosition position;
    /** {@code null} if the position is not kept. */
    private final KeptPosition kept;

    private final StreamCheck check;
    /** Counts the checks whether the stream is another one; only the last answer counts. */
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

    /** Returns a future that completes when it is known where to begin. */
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
     * Checks whether the stream is another one than before, which is then read from its beginning. To be called
     * whenever consuming has begun.
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

    /** Returns the offset for a {@link dev.busbar.broker.SubscriptionSpec}; {@code null} if the queue is no stream. */
    Supplier<Object> offset() {
        return position == null ? null : position::start;
    }

    /** Returns the delivery to be handled; {@code null} if its message had been settled: it is settled here. */
    Delivery arrived(Delivery delivery) {
        return position == null ? delivery : position.arrived(delivery);
    }

    /** Returns a future that completes when the position is kept, or cannot be. */
    Future<Void> stop() {
        checks++;
        return kept == null ? Future.succeededFuture() : kept.stop().otherwiseEmpty();
    }
}
