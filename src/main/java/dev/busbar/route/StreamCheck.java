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
 * offsets begin with 0 again, and a place kept from before would pass over what is below it. Confined to the event
 * loop.
 */
final class StreamCheck {

    private static final Logger LOG = CleanLogger.of(StreamCheck.class);

    /** What a stream has comes within milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A stream from which something has just come is not slow. */
    private static final Duration SURELY = Duration.ofSeconds(1);

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final BrokerConnection connection;
    private final String route;
    private final Topology topology;
    private final Duration patience;

    StreamCheck(Vertx vertx, BrokerConnection connection, String route, Topology topology) {
        this(vertx, connection, route, topology, PATIENCE);
    }

    /** @param patience how long to wait for the first message of a stream */
    StreamCheck(Vertx vertx, BrokerConnection connection, String route, Topology topology, Duration patience) {
        this.vertx = vertx;
        this.connection = connection;
        this.route = route;
        this.topology = topology;
        this.patience = patience;
    }

    /**
     * Looks as long as it cannot be told, because the stream is empty or cannot be read. How many messages there are is
     * no help: RabbitMQ counts those of a stream late.
     *
     * @param over whether nobody wants to know any more
     * @return whether the stream has, or has had, a message just before this offset; {@code true} when it is over
     */
    Future<Boolean> reaches(long offset, BooleanSupplier over) {
        return isShorter(offset)
                .recover(failure -> {
                    LOG.debug("route '{}': cannot tell how long its stream is", route, failure);
                    return vertx.timer(AGAIN.toMillis(), TimeUnit.MILLISECONDS).map((Boolean) null);
                })
                .compose(shorter -> {
                    if (over.getAsBoolean()) {
                        return Future.succeededFuture(true);
                    }
                    return shorter == null ? reaches(offset, over) : Future.succeededFuture(!shorter);
                });
    }

    /**
     * A broker that was slow for a while is not to have all read again: once more when the stream is read.
     *
     * @return {@code null} if the stream is empty
     */
    private Future<Boolean> isShorter(long offset) {
        return first(offset - 1, patience).compose(found -> {
            if (found != null) {
                return Future.succeededFuture(false);
            }
            return first(0, patience)
                    .compose(any -> any == null
                            ? Future.<Boolean>succeededFuture()
                            : first(offset - 1, SURELY).map(still -> still == null));
        });
    }

    /** @return the offset of the first message from there on; {@code null} if none comes */
    private Future<Long> first(long from, Duration within) {
        var came = Promise.<Long>promise();
        var spec = new SubscriptionSpec(route + " (checking)", topology, 1, () -> from);
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
