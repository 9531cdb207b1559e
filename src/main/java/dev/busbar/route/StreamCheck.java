package dev.busbar.route;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.RabbitMqArguments;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.delivery.Timeouts;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;

/**
 * Finds out whether a stream is still the one that has been read, or has been deleted and declared anew: then its
 * offsets begin with 0 again, and reading on from the old position would miss messages. Confined to the event loop.
 */
final class StreamCheck {

    private static final Logger LOG = CleanLogger.of(StreamCheck.class);

    /** How long the first message of a stream is waited for; it comes within milliseconds. */
    private static final Duration FIRST_MESSAGE_TIME = Duration.ofSeconds(5);

    /** How long a second look waits: a stream from which a message has just come is not slow. */
    private static final Duration SECOND_LOOK_TIME = Duration.ofSeconds(1);

    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final BrokerConnection connection;
    private final String route;
    private final Topology topology;
    private final Duration firstMessageTime;

    StreamCheck(Vertx vertx, BrokerConnection connection, String route, Topology topology) {
        this(vertx, connection, route, topology, FIRST_MESSAGE_TIME);
    }

    /** @param firstMessageTime how long to wait for the first message of a stream */
    StreamCheck(Vertx vertx, BrokerConnection connection, String route, Topology topology, Duration firstMessageTime) {
        this.vertx = vertx;
        this.connection = connection;
        this.route = route;
        this.topology = topology;
        this.firstMessageTime = firstMessageTime;
    }

    /**
     * Tells whether the stream has, or has had, a message just before this offset. Tries again while the stream is
     * empty or cannot be read. The number of messages is no help: RabbitMQ counts those of a stream late.
     *
     * @param over whether the answer is not wanted any more
     * @return {@code true} too when the answer is not wanted any more
     */
    Future<Boolean> reaches(long offset, BooleanSupplier over) {
        return isShorter(offset)
                .recover(failure -> {
                    LOG.debug("route '{}': cannot tell how long its stream is", route, failure);
                    return vertx.timer(RETRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)
                            .map((Boolean) null);
                })
                .compose(shorter -> {
                    if (over.getAsBoolean()) {
                        return Future.succeededFuture(true);
                    }
                    return shorter == null ? reaches(offset, over) : Future.succeededFuture(!shorter);
                });
    }

    /**
     * Tells whether the stream ends before this offset. Looks a second time before it says so, because the broker may
     * have been slow for a while, and all would be read again.
     *
     * @return {@code null} if the stream is empty
     */
    private Future<Boolean> isShorter(long offset) {
        return first(offset - 1, firstMessageTime).compose(found -> {
            if (found != null) {
                return Future.succeededFuture(false);
            }
            return first(0, firstMessageTime)
                    .compose(any -> any == null
                            ? Future.<Boolean>succeededFuture()
                            : first(offset - 1, SECOND_LOOK_TIME).map(still -> still == null));
        });
    }

    /** Returns the offset of the first message from there on; {@code null} if none comes. */
    private Future<Long> first(long from, Duration within) {
        var came = Promise.<Long>promise();
        var spec = new SubscriptionSpec(route + " (checking)", topology, 1, () -> from).startingEarly();
        return connection
                .subscribe(spec, delivery -> came.tryComplete(offset(delivery)))
                .compose(looking -> awaited(looking, came, within));
    }

    private Future<Long> awaited(Subscription looking, Promise<Long> came, Duration within) {
        return Timeouts.within(vertx, within, came.future())
                .map(ignored -> came.future().isComplete() ? came.future().result() : null)
                .eventually(looking::close);
    }

    private static Long offset(Delivery delivery) {
        return delivery.message().properties().headers().get(RabbitMqArguments.STREAM_OFFSET) instanceof Long offset
                ? offset
                : null;
    }
}
