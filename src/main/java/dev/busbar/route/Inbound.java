package dev.busbar.route;

import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.MessageSize;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.SubscriptionState;
import dev.busbar.cluster.Scoped;
import dev.busbar.config.DeliveryMode;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.Otherwise;
import dev.busbar.delivery.RestoredDelivery;
import dev.busbar.delivery.Timeouts;
import dev.busbar.delivery.UndeliveredHandler;
import dev.busbar.log.CleanLogger;
import dev.busbar.route.RouteStatus.Condition;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;

/**
 * An inbound route, from the broker to the event bus: consumes a queue, and has what it receives handled. A delivery
 * takes one place of the prefetch until it is settled.
 */
final class Inbound implements ConsumingRoute {

    private static final Logger LOG = CleanLogger.of(Inbound.class);

    /** A healthy broker cancels a consumer sooner, and another one must not use up the whole deadline of the stop. */
    private static final Duration CANCEL_DEADLINE = Duration.ofSeconds(3);
    /** How long a stop waits for the position in a stream; if it is not kept, some messages come again. */
    private static final Duration POSITION_DEADLINE = Duration.ofSeconds(2);
    /** How long a stop waits for the subscription to close; the end of the connection closes it anyway. */
    private static final Duration CLOSE_DEADLINE = Duration.ofMillis(250);

    private final InboundRoute config;
    private final RouteContext shared;
    private final boolean singleActive;
    private final ConsumerLiveness liveness;
    private final DeliveryHandling handling;
    private final StreamReading reading;
    private final PausableConsumer consumer;
    /** {@code null} if bytes are not bounded. */
    private final ByteBound bound;
    /** What handles the deliveries of the consumer: this route's, and those of the routes that follow. */
    private final List<DeliveryHandling> chain = new CopyOnWriteArrayList<>();

    private volatile boolean stopping;

    Inbound(InboundRoute config, RouteContext shared, UndeliveredHandler undeliveredHandler) {
        this.config = config;
        this.singleActive = Scoped.of(config, shared.node()).singleActive();
        this.shared = shared;
        this.liveness = new ConsumerLiveness(LOG, config.name());
        var topology = RouteTopologies.consumed(config, shared.node()).knowing(shared.names());
        this.reading = new StreamReading(config, shared, topology);
        this.handling = new DeliveryHandling(config, shared, undeliveredHandler, this::settled);
        this.consumer = new PausableConsumer(
                shared,
                new SubscriptionSpec(config.name(), topology, config.prefetch(), reading.offset(), config.consumer())
                        .startingEarly(),
                this::arrived,
                this::stateChanged,
                this::free);
        this.bound = canBoundBytes() ? new ByteBound(config, consumer, handling.counts()) : null;
        joinedBy(handling);
    }

    /** Takes on what handles some of the deliveries of the consumer. */
    void joinedBy(DeliveryHandling other) {
        chain.add(other);
        other.pauseWithoutHandler(consumer);
    }

    /**
     * Returns a future that completes when no handler of the chain has a delivery. Handlers that are gone are not
     * waited for: they may have gone with theirs.
     */
    private Future<Void> free() {
        var busy = chain.stream()
                .filter(it -> it.noHandler() == null)
                .map(DeliveryHandling::free)
                .filter(it -> !it.isComplete())
                .toList();
        return busy.isEmpty() ? Future.succeededFuture() : Future.join(busy).compose(ignored -> free());
    }

    /** Returns why deliveries wait, those of other routes of the chain included; {@code null} if they do not. */
    String obstacle(DeliveryHandling own) {
        var ours = own.obstacle();
        if (ours != null) {
            return ours;
        }
        return chain.stream()
                .filter(it -> it.noHandler() != null)
                .map(it -> "waits for route '" + it.config().name() + "' with the same queue: " + it.noHandler())
                .findFirst()
                .orElse(null);
    }

    @Override
    public Future<Void> start() {
        return reading.begin()
                .compose(ignored -> consumer.start())
                .recover(failure -> Future.failedFuture(
                        new RouteException(config.name(), "cannot start: " + failure.getMessage(), failure)));
    }

    /** Not for a singleton, whose consumer must not end for a moment; nor for a queue that ends with its consumer. */
    private boolean canBoundBytes() {
        // Those that follow may wait for replies where this one does not.
        var holds = config.delivery() == DeliveryMode.REQUEST || config.otherwise() == Otherwise.NEXT;
        return holds && config.queue().outlivesConnection() && !singleActive;
    }

    @Override
    public DeliveryHandling handling() {
        return handling;
    }

    @Override
    public Inbound first() {
        return this;
    }

    private void stateChanged(SubscriptionState state) {
        if (singleActive && state instanceof SubscriptionState.Active) {
            shared.singletons().began(config.name());
        } else if (singleActive) {
            shared.singletons().ended(config.name());
        }
        liveness.changed(state);
        if (state instanceof SubscriptionState.Active) {
            LOG.debug("route '{}': consuming queue '{}'", config.name(), consumer.queue());
            reading.isAnother().onSuccess(this::readAnother);
        }
    }

    private void readAnother(boolean another) {
        if (another && !stopping) {
            LOG.warn(
                    "route '{}': stream '{}' has been declared anew since it was read last; it is read from its beginning",
                    config.name(),
                    consumer.queue());
            consumer.consumeAgain("stream '" + consumer.queue() + "' is another one than before");
        }
    }

    private void arrived(Delivery delivery, PausableConsumer.BrokerConsumer origin) {
        var unsettled = reading.arrived(delivery);
        if (unsettled == null) {
            handling.counts().count(RouteEvent.DUPLICATES);
        } else {
            received(unsettled, origin);
        }
    }

    private void received(Delivery delivery, PausableConsumer.BrokerConsumer origin) {
        if (stopping) {
            // An unsettled delivery returns to its queue when the subscription closes.
            return;
        }
        if (singleActive) {
            shared.singletons().received(config.name());
        }
        handling.counts().count(RouteEvent.RECEIVED);
        var arrived = RestoredDelivery.of(delivery);
        if (handling.takesAgain(arrived)) {
            return;
        }
        var size = MessageSize.of(arrived.message());
        if (bound == null || bound.takes(arrived, size)) {
            handling.take(arrived, size, origin);
        }
    }

    private void settled(long size) {
        if (bound != null) {
            bound.settled(size);
        }
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        if (!consumer.started()) {
            return Future.succeededFuture();
        }
        stopping = true;
        handling.stop();
        var end = Timeouts.end(deadline);
        return Timeouts.within(shared.vertx(), CANCEL_DEADLINE, consumer.stop())
                .compose(ignored -> handling.whenIdle(Timeouts.left(end)))
                .eventually(() -> Timeouts.within(shared.vertx(), POSITION_DEADLINE, reading.stop()))
                .eventually(() -> Timeouts.within(shared.vertx(), CLOSE_DEADLINE, consumer.close()));
    }

    /**
     * Returns whether the broker has just ended the consumer, and not the connection, over messages in hand: RabbitMQ
     * does so when its {@code consumer_timeout} is over, time and again while a handler is slow or none listens.
     */
    private boolean isResubscribing() {
        return handling.open() > 0
                && shared.consuming().state() instanceof ConnectionState.Connected
                && liveness.maySoonBeLive();
    }

    @Override
    public boolean hasConsumed() {
        return liveness.everLive();
    }

    private String activeElsewhere() {
        return singleActive ? shared.singletons().activeElsewhere(config.name()) : null;
    }

    @Override
    public InboundRoute config() {
        return config;
    }

    @Override
    public RouteStatus status() {
        var state = consumer.state();
        var obstacle = obstacle(handling);
        Condition condition;
        String detail = null;
        if (state instanceof SubscriptionState.Recovering recovering && !isResubscribing()) {
            condition = Condition.DOWN;
            detail = recovering.cause();
        } else if (stopping || state instanceof SubscriptionState.Stopped) {
            condition = Condition.STOPPED;
        } else if (activeElsewhere() != null) {
            condition = Condition.STANDBY;
            detail = "node '" + activeElsewhere() + "' is active";
        } else if (obstacle != null) {
            condition = Condition.DEGRADED;
            detail = obstacle;
        } else {
            condition = Condition.READY;
        }
        return handling.status(condition, detail, bound == null ? 0 : bound.bytes());
    }
}
