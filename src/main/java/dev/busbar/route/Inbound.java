package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.RetryDelay;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.SubscriptionState;
import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.UnreadablePayloadException;
import dev.busbar.config.InboundRoute;
import dev.busbar.route.RouteStatus.Condition;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From the broker to the event bus: receives, decodes, dispatches, and settles on the outcome. A delivery is out of our
 * hands only once it is settled; until then it counts as open and holds one place of the prefetch.
 */
final class Inbound implements Route {

    private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);

    private final InboundRoute config;
    private final RouteContext shared;
    private final LastResort lastResort;
    private final RetryDelay delay;
    private final DuplicateWindow duplicates;
    private final Requester requester;
    private final RouteCounts counts = new RouteCounts();
    private Subscription subscription;
    private Promise<Void> idle;
    private volatile int open;
    private volatile String waitingForHandler;
    private volatile boolean stopping;

    Inbound(InboundRoute config, RouteContext shared, LastResort lastResort) {
        this.config = config;
        this.shared = shared;
        this.lastResort = lastResort;
        this.delay = new RetryDelay(config.onFailure().backoff());
        this.duplicates = DuplicateWindow.of(shared.vertx(), config.name(), config.duplicateWindow());
        this.requester = new Requester(shared.codec(), shared.ids(), shared.departure());
    }

    @Override
    public Future<Void> start() {
        var topology = new Topology(config.exchange(), config.queue(), config.filters());
        return shared.consuming()
                .subscribe(new SubscriptionSpec(config.name(), topology, config.prefetch()), this::received)
                .<Void>map(live -> {
                    subscription = live;
                    live.onStateChange(this::stateChanged);
                    return null;
                })
                .recover(failure -> Future.failedFuture(
                        new RouteException(config.name(), "cannot start: " + failure.getMessage(), failure)));
    }

    private void stateChanged(SubscriptionState state) {
        if (state instanceof SubscriptionState.Recovering recovering) {
            LOG.warn("route '{}': not consuming at present: {}", config.name(), recovering.cause());
        } else if (state instanceof SubscriptionState.Active) {
            LOG.debug("route '{}': consuming queue '{}'", config.name(), subscription.queue());
        }
    }

    private void received(Delivery delivery) {
        if (stopping) {
            // Unsettled, it returns to its queue when the subscription closes.
            return;
        }
        open++;
        counts.count(RouteEvent.RECEIVED);
        if (duplicates.contains(delivery.message().properties().messageId())) {
            counts.count(RouteEvent.DUPLICATES);
            settle(delivery, Settlement.ACCEPTED);
        } else {
            attempt(delivery, 1);
        }
    }

    private void attempt(Delivery delivery, int number) {
        Object body;
        DeliveryOptions options;
        try {
            shared.requireSize(delivery.message().body().length());
            body = shared.codec().decode(delivery.message());
            options = new DeliveryOptions()
                    .setHeaders(BusHeaders.toBus(delivery.message(), delivery.redelivered(), number))
                    .setSendTimeout(config.timeout().toMillis());
        } catch (UnreadablePayloadException e) {
            counts.count(RouteEvent.UNREADABLE);
            giveUp(new Undelivered(delivery, "unreadable: " + e.reason(), number - 1), 1);
            return;
        } catch (TooLargeException e) {
            counts.count(RouteEvent.UNREADABLE);
            giveUp(new Undelivered(delivery, e.getMessage(), number - 1), 1);
            return;
        } catch (RuntimeException e) {
            LOG.error(
                    "route '{}': {} could not be prepared for the event bus",
                    config.name(),
                    describe(delivery.message()),
                    e);
            counts.count(RouteEvent.UNREADABLE);
            giveUp(new Undelivered(delivery, "unreadable: " + e, number - 1), 1);
            return;
        }
        switch (config.delivery()) {
            case PUBLISH -> {
                shared.vertx().eventBus().publish(config.address(), body, options);
                handled(delivery);
            }
            case SEND -> {
                shared.vertx().eventBus().send(config.address(), body, options);
                handled(delivery);
            }
            case REQUEST ->
                shared.vertx()
                        .eventBus()
                        .request(config.address(), body, options)
                        .onComplete(reply -> replied(delivery, reply), failure -> failed(delivery, number, failure));
        }
    }

    private void replied(Delivery delivery, Message<Object> reply) {
        waitingForHandler = null;
        if (!Requester.expectsReply(delivery.message())) {
            handled(delivery);
            return;
        }
        requester.reply(delivery.message(), reply).onComplete(sent -> {
            counts.count(sent.succeeded() ? RouteEvent.REPLIES : RouteEvent.REPLIES_LOST);
            if (sent.failed()) {
                LOG.warn(
                        "route '{}': the reply to {} could not be sent to '{}': {}",
                        config.name(),
                        describe(delivery.message()),
                        delivery.message().properties().replyTo(),
                        sent.cause().getMessage());
            }
            handled(delivery);
        });
    }

    private void handled(Delivery delivery) {
        counts.count(RouteEvent.HANDLED);
        duplicates.settled(delivery.message().properties().messageId());
        settle(delivery, Settlement.ACCEPTED);
    }

    private void failed(Delivery delivery, int number, Throwable failure) {
        if (failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS) {
            noHandler(delivery, number);
            return;
        }
        waitingForHandler = null;
        if (number >= config.onFailure().attempts()) {
            giveUp(new Undelivered(delivery, reason(failure), number), 1);
        } else {
            retry(delivery, delay.after(number), () -> {
                counts.count(RouteEvent.RETRIED);
                attempt(delivery, number + 1);
            });
        }
    }

    private static String reason(Throwable failure) {
        if (failure instanceof ReplyException reply) {
            return reply.failureType() == ReplyFailure.TIMEOUT
                    ? "the handler did not reply in time"
                    : "the handler failed: " + reply.failureCode() + " " + reply.getMessage();
        }
        return failure.toString();
    }

    /** Nobody is to blame, so it costs no attempt: the message waits until somebody listens. */
    private void noHandler(Delivery delivery, int number) {
        counts.count(RouteEvent.UNHANDLED);
        if (waitingForHandler == null) {
            waitingForHandler = "no handler listens at address '" + config.address() + "'; messages wait";
            LOG.warn("route '{}': {}", config.name(), waitingForHandler);
        }
        retry(delivery, delay.after(2), () -> attempt(delivery, number));
    }

    private void giveUp(Undelivered undelivered, int tries) {
        lastResort.take(undelivered).onComplete(taken -> {
            if (taken.succeeded()) {
                counts.count(lastResort.counted());
                LOG.warn(
                        "route '{}': {} {}: {}",
                        config.name(),
                        describe(undelivered.delivery().message()),
                        lastResort.counted().name().toLowerCase().replace('_', '-'),
                        undelivered.reason());
                duplicates.settled(undelivered.delivery().message().properties().messageId());
                settle(undelivered.delivery(), Settlement.ACCEPTED);
            } else {
                LOG.warn(
                        "{}; it stays in its queue and is tried again",
                        taken.cause().getMessage());
                retry(undelivered.delivery(), delay.after(tries), () -> giveUp(undelivered, tries + 1));
            }
        });
    }

    private static String describe(BridgeMessage message) {
        var id = message.properties().messageId();
        return "message " + (id == null ? "without id" : id) + ", key '" + message.routingKey() + "',";
    }

    /** Later, unless the broker has the delivery back by then; at a stop it gets it back now. */
    private void retry(Delivery delivery, Duration after, Runnable again) {
        if (stopping) {
            settle(delivery, Settlement.REQUEUED);
            return;
        }
        shared.vertx().setTimer(after.toMillis(), id -> {
            if (stopping || !delivery.live()) {
                settle(delivery, Settlement.REQUEUED);
            } else {
                again.run();
            }
        });
    }

    private void settle(Delivery delivery, Settlement settlement) {
        delivery.settle(settlement);
        open--;
        if (open == 0 && idle != null) {
            idle.tryComplete();
        }
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        if (subscription == null) {
            return Future.succeededFuture();
        }
        stopping = true;
        idle = Promise.promise();
        return subscription
                .stop()
                .compose(ignored -> open == 0
                        ? Future.succeededFuture()
                        : Deadlines.within(shared.vertx(), deadline, idle.future()))
                .onComplete(ignored -> {
                    if (open > 0) {
                        LOG.warn(
                                "route '{}': {} deliveries were still being handled at the deadline; the broker delivers them again",
                                config.name(),
                                open);
                    }
                })
                .eventually(subscription::close);
    }

    @Override
    public InboundRoute config() {
        return config;
    }

    @Override
    public RouteStatus status() {
        var state = subscription == null ? new SubscriptionState.Recovering("starting") : subscription.state();
        Condition condition;
        String detail = null;
        if (state instanceof SubscriptionState.Recovering recovering) {
            condition = Condition.DOWN;
            detail = recovering.cause();
        } else if (stopping || state instanceof SubscriptionState.Stopped) {
            condition = Condition.STOPPED;
        } else if (waitingForHandler != null) {
            condition = Condition.DEGRADED;
            detail = waitingForHandler;
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
                0,
                counts.snapshot());
    }
}
