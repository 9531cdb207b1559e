package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.RetryDelay;
import dev.busbar.broker.Settlement;
import dev.busbar.cluster.Scoped;
import dev.busbar.config.InboundRoute;
import dev.busbar.delivery.RestoredDelivery;
import dev.busbar.delivery.RetryLoop;
import dev.busbar.delivery.Undelivered;
import dev.busbar.delivery.UndeliveredHandler;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Makes the attempts to have a route's deliveries handled, until each can be settled: dispatches a delivery, retries it
 * after a backoff, and moves it away after the last attempt. While no handler listens all deliveries wait together, in
 * order, and no attempts are counted. Confined to the event loop.
 */
final class Attempts implements RetryLoop.Owner<Attempt> {

    private static final Logger LOG = CleanLogger.of(Attempts.class);

    /** Takes what has become of the deliveries begun, once for each. */
    interface Outcomes {
        /**
         * Takes the outcome of an attempt, or a delivery that is given back, with the attempt that would be next.
         *
         * @param handled whether a handler, or all of them, had the delivery
         */
        void finished(Attempt attempt, Settlement settlement, boolean handled);

        /** Takes a delivery that does not meet the conditions of the route. */
        void filtered(Attempt attempt);
    }

    private final InboundRoute config;
    private final RouteContext shared;
    private final RouteCounts counts;
    private final UndeliveredHandler undeliveredHandler;
    private final Outcomes outcomes;
    private final Dispatcher dispatcher;
    private final ReplySender replySender;
    /** {@code null} if deliveries wait for their next attempt here, and not in the broker. */
    private final BrokerRetry brokerRetry;

    private final RetryLoop<Attempt> retries;
    private final HandlerWait handlerWait;
    private final TimeoutOrder order;
    private final Arrivals arrivals;
    /** One log for each kind of complaint, so that no kind hides another. */
    private final ThrottledLog lostRepliesLog;

    private final ThrottledLog unheardLog;
    private final ThrottledLog movedAwayLog;
    private final ThrottledLog notMovedAwayLog;
    private final ThrottledLog notDelayedLog;
    private long begun;
    private volatile String stuck;
    private boolean stopping;

    Attempts(
            InboundRoute config,
            RouteContext shared,
            RouteCounts counts,
            UndeliveredHandler undeliveredHandler,
            Outcomes outcomes) {
        this.config = config;
        this.shared = shared;
        this.counts = counts;
        this.undeliveredHandler = undeliveredHandler;
        this.outcomes = outcomes;
        this.dispatcher = new Dispatcher(config, shared);
        this.replySender = new ReplySender(shared.codec(), shared.maxMessageBytes(), shared.ids(), shared.publisher());
        var route = "route '" + config.name() + "'";
        this.lostRepliesLog = new ThrottledLog(LOG, Level.WARN, route);
        this.unheardLog = new ThrottledLog(LOG, Level.WARN, route);
        this.movedAwayLog = new ThrottledLog(LOG, Level.WARN, route);
        this.notMovedAwayLog = new ThrottledLog(LOG, Level.WARN, route);
        this.notDelayedLog = new ThrottledLog(LOG, Level.WARN, route);
        var backoff = new RetryDelay(config.onFailure().backoff());
        this.brokerRetry =
                shared.publisher() == null ? null : BrokerRetry.of(config, shared.traits(), shared.publisher());
        this.retries = new RetryLoop<>(shared.vertx(), Runnable::run, backoff, this);
        this.arrivals = new Arrivals(shared, dispatcher, this::beginPrepared);
        this.order = new TimeoutOrder(Scoped.of(config, shared.node()).singleActive(), this::goOn);
        this.handlerWait = new HandlerWait(shared.vertx(), backoff, this::make, this::giveBack);
    }

    /** Returns why deliveries wait, if they wait for a handler; else {@code null}. From any thread. */
    String noHandler() {
        return handlerWait.active() ? "no handler listens at address '" + config.address() + "'; messages wait" : null;
    }

    /** Returns how often handlers have failed on a message that has come, as far as the message tells. */
    int failures(Delivery arrived) {
        return brokerRetry == null ? RestoredDelivery.failures(arrived) : brokerRetry.failures(arrived);
    }

    HandlerWait handlerWait() {
        return handlerWait;
    }

    /** Returns why deliveries cannot be moved away or delayed, if so; else {@code null}. From any thread. */
    String stuck() {
        return stuck;
    }

    /** Returns a future that completes when no delivery is with a handler. */
    Future<Void> free() {
        return order.free();
    }

    /**
     * Begins with a delivery.
     *
     * @param number which attempt it is, from 1
     */
    void begin(HeldDelivery delivery, int number) {
        var first = new Attempt(delivery, begun++, number);
        if (!waits(first)) {
            arrivals.add(first);
        }
    }

    /** Lets the attempt wait if it has to wait behind others; returns whether it does. */
    private boolean waits(Attempt attempt) {
        if (handlerWait.active()) {
            handlerWait.add(attempt);
        } else if (order.active() || order.isKept() && dispatcher.wouldOvertake()) {
            order.add(attempt);
        } else {
            return false;
        }
        return true;
    }

    private void beginPrepared(Attempt first, Dispatcher.Prepared prepared) {
        if (stopping) {
            giveBack(first);
        } else if (!waits(first)) {
            make(first, prepared);
        }
    }

    /** Goes on with a delivery that has waited for the outcomes of those before it. */
    private void goOn(Attempt attempt) {
        if (stopping || !attempt.delivery().live()) {
            giveBack(attempt);
        } else if (!waits(attempt)) {
            retry(attempt);
        }
    }

    private void retry(Attempt next) {
        if (next.number() > 1) {
            counts.count(RouteEvent.RETRIED);
        }
        make(next);
    }

    /** Gives back the deliveries that wait; those that are being handled may finish. */
    void stop() {
        stopping = true;
        retries.stop();
        handlerWait.end();
        order.take().forEach(this::giveBack);
    }

    private void make(Attempt attempt) {
        make(attempt, dispatcher.prepare(attempt.delivery(), attempt.number()));
    }

    private void make(Attempt attempt, Dispatcher.Prepared prepared) {
        if (prepared.filtered()) {
            counts.count(RouteEvent.FILTERED);
            handlerWait.undeliverable(attempt);
            outcomes.filtered(attempt);
            return;
        }
        order.handedOut();
        dispatcher
                .dispatch(prepared)
                .onComplete(reply -> replied(attempt, reply), failure -> failed(attempt, failure))
                .onComplete(ignored -> order.returned());
    }

    private void replied(Attempt attempt, Message<Object> reply) {
        handlerWait.heard(attempt);
        var delivery = attempt.delivery();
        if (reply == null || !ReplySender.expectsReply(delivery.message())) {
            handled(attempt);
            return;
        }
        replySender.reply(delivery.message(), reply).onComplete(sent -> {
            counts.count(sent.succeeded() ? RouteEvent.REPLIES : RouteEvent.REPLIES_LOST);
            if (sent.failed()) {
                lostRepliesLog.add("the reply to " + describe(delivery) + " could not be sent to '"
                        + delivery.message().properties().replyTo() + "': "
                        + sent.cause().getMessage());
            }
            handled(attempt);
        });
    }

    private void handled(Attempt attempt) {
        counts.count(RouteEvent.HANDLED);
        outcomes.finished(attempt, Settlement.ACCEPTED, true);
    }

    private void failed(Attempt attempt, Throwable failure) {
        if (failure instanceof Dispatcher.UndeliverableException) {
            counts.count(RouteEvent.UNREADABLE);
            handlerWait.undeliverable(attempt);
            retries.moveAway(attempt, new Undelivered(attempt.delivery(), failure.getMessage(), attempt.number() - 1));
        } else if (RequestFailures.isUnheard(failure)) {
            unheard(attempt);
        } else if (RequestFailures.isLate(failure)) {
            // No handler has seen it: the two nodes' clocks disagree, and are compared anew every second.
            handlerWait.heard(attempt);
            retries.again(attempt, 1, this::make);
        } else {
            handlerWait.heard(attempt);
            if (attempt.number() >= config.onFailure().attempts()) {
                retries.moveAway(
                        attempt,
                        new Undelivered(attempt.delivery(), RequestFailures.reason(failure), attempt.number()));
            } else if (brokerRetry == null && order.isKept() && RequestFailures.isSilence(failure) && !stopping) {
                order.add(attempt.next());
            } else {
                delay(attempt, RequestFailures.reason(failure));
            }
        }
    }

    private void delay(Attempt failed, String reason) {
        if (brokerRetry == null) {
            backOff(failed);
            return;
        }
        brokerRetry.delay(failed.delivery(), failed.number(), reason).onComplete(delayed -> {
            if (delayed.succeeded()) {
                stuck = null;
                counts.count(RouteEvent.DELAYED);
                outcomes.finished(failed.next(), delayed.result(), false);
            } else {
                stuck = delayed.cause().getMessage();
                notDelayedLog.add("a message cannot wait in the broker, and waits here: " + stuck);
                backOff(failed);
            }
        });
    }

    private void backOff(Attempt failed) {
        retries.again(failed.next(), failed.number(), this::retry);
    }

    /** Waits for a handler, without counting an attempt, because no handler has failed. */
    private void unheard(Attempt attempt) {
        counts.count(RouteEvent.UNHANDLED);
        if (stopping) {
            giveBack(attempt);
        } else if (handlerWait.unheard(attempt)) {
            unheardLog.add(noHandler());
        }
    }

    @Override
    public Future<Void> moveAway(Undelivered undelivered) {
        return undeliveredHandler.take(undelivered);
    }

    @Override
    public void movedAway(Attempt last, Undelivered undelivered) {
        stuck = null;
        var event = RouteEvent.of(config.onFailure().then());
        counts.count(event);
        movedAwayLog.add(describe(last.delivery()) + " "
                + event.name().toLowerCase(Locale.ROOT).replace('_', '-') + ": " + undelivered.reason());
        outcomes.finished(last, undeliveredHandler.settlement(), false);
    }

    @Override
    public void notMovedAway(String reason) {
        stuck = reason;
        notMovedAwayLog.add("a message stays in its queue and is tried again: " + reason);
    }

    @Override
    public void giveBack(Attempt next) {
        outcomes.finished(next, Settlement.REQUEUED, false);
    }

    private static String describe(Delivery delivery) {
        var message = delivery.message();
        var id = message.properties().messageId();
        return "message " + (id == null ? "without id" : id) + ", key '" + message.routingKey() + "',";
    }
}
