package dev.busbar.route;

import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.MessageSize;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.SubscriptionState;
import dev.busbar.broker.Topology;
import dev.busbar.cluster.Scoped;
import dev.busbar.config.DeliveryMode;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueType;
import dev.busbar.delivery.RestoredDelivery;
import dev.busbar.delivery.Timeouts;
import dev.busbar.delivery.UndeliveredHandler;
import dev.busbar.log.CleanLogger;
import dev.busbar.route.RouteStatus.Condition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * An inbound route, from the broker to the event bus: receives deliveries, has them attempted, and settles them by the
 * outcome. A delivery counts as open, and takes one place of the prefetch, until it is settled.
 */
final class Inbound implements Route {

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
    private final DuplicateWindow duplicates;
    private final InHand inHand = new InHand();
    private final RouteCounts counts = new RouteCounts();
    private final ConsumerLiveness liveness;
    private final Attempts attempts;
    private final Topology topology;
    private final StreamReading reading;
    private volatile PausableConsumer consumer;
    private ConsumingPause pause;
    /** {@code null} if bytes are not bounded. */
    private volatile ByteBound bound;

    private Promise<Void> idle;
    private volatile int open;
    private volatile boolean stopping;

    Inbound(InboundRoute config, RouteContext shared, UndeliveredHandler undeliveredHandler) {
        this.config = config;
        this.singleActive = Scoped.of(config, shared.node()).singleActive();
        this.shared = shared;
        this.liveness = new ConsumerLiveness(LOG, config.name());
        this.duplicates = DuplicateWindow.of(shared.vertx(), config.name(), config.duplicateWindow());
        this.topology = RouteTopologies.consumed(config, shared.node()).knowing(shared.names());
        this.reading = new StreamReading(config, shared, topology);
        this.attempts = new Attempts(config, shared, counts, undeliveredHandler, this::finished);
    }

    @Override
    public Future<Void> start() {
        return reading.begin()
                .compose(ignored -> consume())
                .recover(failure -> Future.failedFuture(
                        new RouteException(config.name(), "cannot start: " + failure.getMessage(), failure)));
    }

    private Future<Void> consume() {
        consumer = new PausableConsumer(
                shared,
                new SubscriptionSpec(config.name(), topology, config.prefetch(), reading.offset(), config.consumer())
                        .startingEarly(),
                this::arrived,
                this::stateChanged);
        if (canBoundBytes()) {
            bound = new ByteBound(config, consumer, counts);
        }
        if (shared.traits().takesBackUnsettled() && canGiveBack() && Listeners.known(shared.vertx())) {
            pause = new ConsumingPause(shared, config, consumer, attempts.handlerWait());
            attempts.handlerWait().onAbsence(pause::begin);
        }
        return consumer.start();
    }

    /** Not for a singleton, whose consumer must not end for a moment; nor for a queue that ends with its consumer. */
    private boolean canBoundBytes() {
        return config.delivery() == DeliveryMode.REQUEST && config.queue().outlivesConnection() && !singleActive;
    }

    /** Not for a stream, which takes nothing back. */
    private boolean canGiveBack() {
        return config.delivery() == DeliveryMode.REQUEST
                && config.queue().outlivesConnection()
                && config.queue().type() != QueueType.STREAM;
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
            counts.count(RouteEvent.DUPLICATES);
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
        counts.count(RouteEvent.RECEIVED);
        var arrived = RestoredDelivery.of(delivery);
        if (inHand.takes(arrived)) {
            LOG.debug("route '{}': message {} has come again while in hand", config.name(), id(arrived));
            return;
        }
        var size = MessageSize.of(arrived.message());
        if (bound != null && !bound.takes(arrived, size)) {
            return;
        }
        open++;
        var failures = attempts.failures(arrived);
        var number = inHand.next(arrived, failures + 1);
        if (number == 0) {
            counts.count(RouteEvent.DUPLICATES);
            settle(arrived, Settlement.ACCEPTED, size);
        } else {
            if (failures > 0) {
                counts.count(RouteEvent.RETRIED);
            }
            origin.received();
            admit(inHand.hold(arrived, size, origin), number);
        }
    }

    private static String id(Delivery delivery) {
        return delivery.message().properties().messageId();
    }

    private void admit(HeldDelivery delivery, int number) {
        var id = id(delivery);
        Runnable again = () -> shared.context().runOnContext(ignored -> admitAgain(delivery, number));
        switch (duplicates.arrived(id, this, again)) {
            case NEW -> attempts.begin(delivery, number);
            case SETTLED -> {
                counts.count(RouteEvent.DUPLICATES);
                release(delivery, 0, Settlement.ACCEPTED);
            }
            case IN_PROGRESS ->
                LOG.debug("route '{}': message {} has come again while being handled", config.name(), id);
        }
    }

    private void admitAgain(HeldDelivery delivery, int number) {
        if (stopping || !delivery.live()) {
            release(delivery, number, Settlement.REQUEUED);
        } else {
            admit(delivery, number);
        }
    }

    /**
     * A message that the broker had taken back before it was rejected is in its queue still, and comes again for its
     * last attempt.
     */
    private void finished(Attempt attempt, Settlement settlement, boolean handled) {
        var done = settlement == Settlement.ACCEPTED
                || settlement == Settlement.REJECTED && attempt.delivery().live();
        duplicates.finished(id(attempt.delivery()), this, handled);
        release(attempt.delivery(), done ? 0 : attempt.number(), settlement);
    }

    private void release(HeldDelivery delivery, int next, Settlement settlement) {
        inHand.release(delivery, next);
        settle(delivery, settlement, delivery.size());
        delivery.origin().settled();
    }

    private void settle(Delivery delivery, Settlement settlement, long size) {
        delivery.settle(settlement);
        open--;
        if (bound != null && !stopping) {
            bound.settled(size);
        }
        if (open == 0 && idle != null) {
            idle.tryComplete();
        }
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        if (consumer == null || !consumer.started()) {
            return Future.succeededFuture();
        }
        stopping = true;
        if (pause != null) {
            pause.stop();
        }
        idle = Promise.promise();
        attempts.stop();
        var end = Timeouts.end(deadline);
        return Timeouts.within(shared.vertx(), CANCEL_DEADLINE, consumer.stop())
                .compose(ignored -> open == 0
                        ? Future.succeededFuture()
                        : Timeouts.within(shared.vertx(), Timeouts.left(end), idle.future()))
                .onComplete(ignored -> {
                    if (open > 0) {
                        LOG.warn(
                                "route '{}': {} deliveries were still being handled at the deadline; the broker delivers them again",
                                config.name(),
                                open);
                    }
                    duplicates.abandoned(this);
                })
                .eventually(() -> Timeouts.within(shared.vertx(), POSITION_DEADLINE, reading.stop()))
                .eventually(() -> Timeouts.within(shared.vertx(), CLOSE_DEADLINE, consumer.close()));
    }

    /**
     * Returns whether the broker has just ended the consumer, and not the connection, over messages in hand: RabbitMQ
     * does so when its {@code consumer_timeout} is over, time and again while a handler is slow or none listens.
     */
    private boolean isResubscribing() {
        return open > 0 && shared.consuming().state() instanceof ConnectionState.Connected && liveness.maySoonBeLive();
    }

    /** Returns whether the queue has been declared, or compared, and consumed at least once. */
    boolean hasConsumed() {
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
        var state = consumer == null ? new SubscriptionState.Recovering("starting") : consumer.state();
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
        } else if (attempts.noHandler() != null) {
            condition = Condition.DEGRADED;
            detail = attempts.noHandler();
        } else if (attempts.stuck() != null) {
            condition = Condition.DEGRADED;
            detail = attempts.stuck();
        } else {
            condition = Condition.READY;
        }
        return new RouteStatus(
                config.name(),
                "inbound",
                config.address(),
                shared.instance(),
                condition,
                detail,
                open,
                0,
                bound == null ? 0 : bound.bytes(),
                counts.snapshot());
    }
}
