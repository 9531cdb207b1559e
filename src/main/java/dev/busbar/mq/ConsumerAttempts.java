package dev.busbar.mq;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.RetryDelay;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.InboundRoute;
import dev.busbar.delivery.Decoded;
import dev.busbar.delivery.KnownAttempts;
import dev.busbar.delivery.RetryLoop;
import dev.busbar.delivery.Undelivered;
import dev.busbar.delivery.UndeliveredSettler;
import dev.busbar.hub.Hub;
import io.vertx.core.Future;
import java.util.Objects;

/**
 * Hands a persistent consumer's deliveries to its handler, one at a time, retries those that fail, by a
 * {@link RetryLoop}, and settles each. Confined to the consumer's context.
 */
final class ConsumerAttempts implements RetryLoop.Owner<ConsumerAttempts.Attempt> {

    /** More than one, because the broker may take its time to deliver messages again. */
    private static final int MAX_KNOWN = 1_000;

    /** @param number which attempt it is, from 1 */
    record Attempt(Delivery delivery, Object body, int number) implements RetryLoop.Attempt {

        Attempt next() {
            return new Attempt(delivery, body, number + 1);
        }
    }

    private final Hub hub;
    private final InboundRoute route;
    private final Handling handling;
    private final UndeliveredSettler undeliveredSettler;
    private final Confined confined;
    private final Runnable settled;
    private final PayloadCodec codec;
    private final long maxBytes;
    private final RetryLoop<Attempt> retries;
    /**
     * The attempts of messages that the broker has taken back, with a lost connection or after a time-out of its own.
     */
    private final KnownAttempts known = new KnownAttempts(MAX_KNOWN, null);

    /** Whether a delivery has been begun and not yet settled. */
    private boolean busy;

    private boolean stopped;

    /** @param settled called on the context when the next delivery may begin */
    ConsumerAttempts(
            Hub hub,
            InboundRoute route,
            Handling handling,
            UndeliveredSettler undeliveredSettler,
            Confined confined,
            Runnable settled) {
        this.hub = hub;
        this.route = route;
        this.handling = handling;
        this.undeliveredSettler = undeliveredSettler;
        this.confined = confined;
        this.settled = settled;
        this.maxBytes = hub.config().broker().maxMessageBytes();
        this.codec = new PayloadCodec(hub.config().datetimes(), maxBytes);
        this.retries = new RetryLoop<>(
                hub.vertx(), confined::run, new RetryDelay(route.onFailure().backoff()), this);
    }

    boolean busy() {
        return busy;
    }

    void begin(Delivery delivery) {
        busy = true;
        var number = Objects.requireNonNullElse(known.next(delivery), 1);
        if (number == 0) {
            settle(delivery, Settlement.ACCEPTED, 0);
            return;
        }
        var decoded = Decoded.of(delivery, codec, maxBytes);
        var first = new Attempt(delivery, decoded.body(), number);
        if (decoded.problem() != null) {
            retries.moveAway(first, new Undelivered(delivery, decoded.problem(), 0));
        } else {
            make(first);
        }
    }

    private void make(Attempt attempt) {
        var delivery = attempt.delivery();
        var message = delivery.message();
        var repeated = attempt.number() > 1 || delivery.redelivered();
        handling.call(new Event(message.routingKey(), attempt.body(), message.properties(), repeated))
                .onComplete(done -> confined.run(() -> {
                    if (done.succeeded()) {
                        settle(delivery, Settlement.ACCEPTED, 0);
                    } else {
                        failed(attempt, done.cause());
                    }
                }));
    }

    private void failed(Attempt attempt, Throwable cause) {
        if (stopped) {
            // A stop is no reason to give the message up: the queue keeps it.
            giveBack(attempt);
        } else if (attempt.number() >= route.onFailure().attempts()) {
            var reason = "the handler failed: " + cause;
            retries.moveAway(attempt, new Undelivered(attempt.delivery(), reason, attempt.number()));
        } else {
            retries.again(attempt.next(), attempt.number(), this::make);
        }
    }

    @Override
    public Future<Void> moveAway(Undelivered undelivered) {
        return hub.withConnections(broker -> undeliveredSettler.take(undelivered));
    }

    @Override
    public void movedAway(Attempt last, Undelivered undelivered) {
        handling.complain("'" + last.delivery().message().routingKey() + "' is given up ("
                + route.onFailure().then() + "): " + undelivered.reason());
        // A message that the broker had taken back before it was rejected comes again for its last attempt.
        var settlement = undeliveredSettler.settlement();
        settle(last.delivery(), settlement, settlement == Settlement.REJECTED ? last.number() : 0);
    }

    @Override
    public void notMovedAway(String reason) {
        handling.complain(reason + "; it stays in its queue and is tried again");
    }

    @Override
    public void giveBack(Attempt next) {
        settle(next.delivery(), Settlement.REQUEUED, next.number());
    }

    /**
     * Begins no more attempts: a delivery that waits for one goes back now, one being handled goes back if it fails.
     */
    void stop() {
        stopped = true;
        retries.stop();
    }

    /** @param next which attempt would be next; 0 if none */
    private void settle(Delivery delivery, Settlement settlement, int next) {
        if (!delivery.live() && next != 1) {
            known.remember(delivery, next);
        }
        delivery.settle(settlement);
        busy = false;
        settled.run();
    }
}
