package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.config.DeliveryMode;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueType;
import dev.busbar.delivery.RestoredDelivery;
import dev.busbar.delivery.Timeouts;
import dev.busbar.delivery.UndeliveredHandler;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;

/**
 * Handles the deliveries of an inbound route, whichever route's consumer has received them: has them attempted, and
 * settles them by the outcome, or passes them on to the next route. A delivery counts as open until it is settled.
 * Confined to the event loop.
 */
final class DeliveryHandling implements Attempts.Outcomes {

    private static final Logger LOG = CleanLogger.of(DeliveryHandling.class);

    private final InboundRoute config;
    private final RouteContext shared;
    private final DuplicateWindow duplicates;
    private final InHand inHand = new InHand();
    private final RouteCounts counts = new RouteCounts();
    private final Attempts attempts;
    private final LongConsumer settled;
    /** {@code null} if no route follows. */
    private DeliveryHandling next;
    /** {@code null} if consuming goes on while no handler listens. */
    private ConsumingPause pause;

    private Promise<Void> idle;
    private volatile int open;
    private boolean stopping;

    /** @param settled told the size of each message when it is settled, but not during a stop */
    DeliveryHandling(
            InboundRoute config, RouteContext shared, UndeliveredHandler undeliveredHandler, LongConsumer settled) {
        this.config = config;
        this.shared = shared;
        this.settled = settled;
        this.duplicates = DuplicateWindow.of(shared.vertx(), config.name(), config.duplicateWindow());
        this.attempts = new Attempts(config, shared, counts, undeliveredHandler, this);
    }

    InboundRoute config() {
        return config;
    }

    RouteCounts counts() {
        return counts;
    }

    /** Returns how many deliveries are not settled yet. From any thread. */
    int open() {
        return open;
    }

    /** Returns why deliveries wait, if they wait for a handler; else {@code null}. From any thread. */
    String noHandler() {
        return attempts.noHandler();
    }

    /** Returns why deliveries wait; {@code null} if they do not. From any thread. */
    String obstacle() {
        var noHandler = noHandler();
        return noHandler != null ? noHandler : attempts.stuck();
    }

    /**
     * Returns the state of the route. From any thread.
     *
     * @param bytes how many bytes are in hand, if they are bounded
     */
    RouteStatus status(RouteStatus.Condition condition, String detail, long bytes) {
        return new RouteStatus(
                config.name(),
                "inbound",
                config.address(),
                shared.instance(),
                condition,
                detail,
                open,
                0,
                bytes,
                counts.snapshot());
    }

    /** Passes on what does not meet the conditions of the route. */
    void passOnTo(DeliveryHandling following) {
        next = following;
    }

    /** Pauses the consumer while no handler listens, where messages can be given back. */
    void pauseWithoutHandler(PausableConsumer consumer) {
        if (shared.traits().takesBackUnsettled() && canGiveBack() && Listeners.known(shared.vertx())) {
            pause = new ConsumingPause(shared, config, consumer, attempts.handlerWait());
            attempts.handlerWait().onAbsence(pause::begin);
        }
    }

    /** Not for a stream, which takes nothing back. */
    private boolean canGiveBack() {
        return config.delivery() == DeliveryMode.REQUEST
                && config.queue().outlivesConnection()
                && config.queue().type() != QueueType.STREAM;
    }

    /** Recognises a message in hand that the broker has taken back, and lets this delivery settle it from now on. */
    boolean takesAgain(Delivery again) {
        if (!inHand.takes(again)) {
            return false;
        }
        LOG.debug("route '{}': message {} has come again while in hand", config.name(), id(again));
        return true;
    }

    /** Handles a delivery. */
    void take(Delivery arrived, long size, PausableConsumer.BrokerConsumer origin) {
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
    @Override
    public void finished(Attempt attempt, Settlement settlement, boolean handled) {
        var done = settlement == Settlement.ACCEPTED
                || settlement == Settlement.REJECTED && attempt.delivery().live();
        duplicates.finished(id(attempt.delivery()), this, handled);
        release(attempt.delivery(), done ? 0 : attempt.number(), settlement);
    }

    @Override
    public void filtered(Attempt attempt) {
        switch (config.otherwise()) {
            case ACCEPT -> finished(attempt, Settlement.ACCEPTED, false);
            case REJECT -> finished(attempt, Settlement.REJECTED, false);
            case NEXT -> next.takeOver(attempt.delivery(), settlement -> finished(attempt, settlement, false));
        }
    }

    private void takeOver(HeldDelivery held, Consumer<Settlement> outcome) {
        counts.count(RouteEvent.RECEIVED);
        var passed = new PassedDelivery(held, outcome);
        take(RestoredDelivery.with(passed, held.failures()), held.size(), held.origin());
    }

    private void release(HeldDelivery delivery, int next, Settlement settlement) {
        inHand.release(delivery, next);
        settle(delivery, settlement, delivery.size());
        delivery.origin().settled();
    }

    private void settle(Delivery delivery, Settlement settlement, long size) {
        delivery.settle(settlement);
        open--;
        if (!stopping) {
            settled.accept(size);
        }
        if (open == 0 && idle != null) {
            idle.tryComplete();
        }
    }

    /** Returns a future that completes when no delivery is with a handler. */
    Future<Void> free() {
        return attempts.free();
    }

    /** Gives back what waits; what handlers have may be finished. */
    void stop() {
        stopping = true;
        if (pause != null) {
            pause.stop();
        }
        idle = Promise.promise();
        attempts.stop();
    }

    /** Returns a future that completes when all is settled after a stop, or at the deadline. */
    Future<Void> whenIdle(Duration deadline) {
        return (open == 0 ? Future.<Void>succeededFuture() : Timeouts.within(shared.vertx(), deadline, idle.future()))
                .onComplete(ignored -> {
                    if (open > 0) {
                        LOG.warn(
                                "route '{}': {} deliveries were still being handled at the deadline; the broker delivers them again",
                                config.name(),
                                open);
                    }
                    duplicates.abandoned(this);
                });
    }
}
