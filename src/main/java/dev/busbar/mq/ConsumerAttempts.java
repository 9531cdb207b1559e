package dev.busbar.mq;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.RetryDelay;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.InboundRoute;
import dev.busbar.delivery.Decoded;
import dev.busbar.delivery.KnownAttempts;
import dev.busbar.delivery.UndeliveredSettler;
import dev.busbar.hub.Hub;
import java.util.Objects;

/**
 * What becomes of a persistent consumer's deliveries, one at a time: handled, tried again after a while, given up at
 * last, and settled accordingly. Confined to the consumer's context.
 */
final class ConsumerAttempts {

    private static final long NONE = -1;

    /** One at a time is in hand; more there are when the broker takes its time to deliver again. */
    private static final int MAX_KNOWN = 1_000;

    private final Hub hub;
    private final InboundRoute as;
    private final Handling handling;
    private final UndeliveredSettler undeliveredSettler;
    private final Confined confined;
    private final Runnable settled;
    private final PayloadCodec codec;
    private final long maxBytes;
    private final RetryDelay delay;
    /** Of what the broker had taken back before it was settled: its connection was lost, or its patience over. */
    private final KnownAttempts known = new KnownAttempts(MAX_KNOWN, null);

    /** {@code null} while there is none. */
    private Delivery present;
    /** Of the next try; {@link #NONE} while it is in the handler's or the broker's hands. */
    private long timer = NONE;

    private boolean stopped;

    /** @param settled told, on the context, that the next may begin */
    ConsumerAttempts(
            Hub hub,
            InboundRoute as,
            Handling handling,
            UndeliveredSettler undeliveredSettler,
            Confined confined,
            Runnable settled) {
        this.hub = hub;
        this.as = as;
        this.handling = handling;
        this.undeliveredSettler = undeliveredSettler;
        this.confined = confined;
        this.settled = settled;
        this.maxBytes = hub.config().broker().maxMessageBytes();
        this.codec = new PayloadCodec(hub.config().datetimes(), maxBytes);
        this.delay = new RetryDelay(as.onFailure().backoff());
    }

    boolean busy() {
        return present != null;
    }

    void begin(Delivery delivery) {
        present = delivery;
        var number = Objects.requireNonNullElse(known.next(delivery), 1);
        if (number == 0) {
            settle(Settlement.ACCEPTED, 0);
            return;
        }
        var decoded = Decoded.of(delivery, codec, maxBytes);
        if (decoded.problem() != null) {
            giveUp(decoded.problem(), 0, 1);
        } else {
            attempt(decoded.body(), number);
        }
    }

    private void attempt(Object body, int number) {
        var message = present.message();
        var event = new Event(message.routingKey(), body, message.properties(), number > 1 || present.redelivered());
        handling.call(event)
                .onComplete(done -> confined.run(() -> {
                    if (done.succeeded()) {
                        settle(Settlement.ACCEPTED, 0);
                    } else if (stopped) {
                        // Whoever stops has not given up; the queue keeps it.
                        settle(Settlement.REQUEUED, number);
                    } else if (number >= as.onFailure().attempts()) {
                        giveUp("the handler failed: " + done.cause(), number, 1);
                    } else {
                        later(number, number + 1, () -> attempt(body, number + 1));
                    }
                }));
    }

    private void giveUp(String reason, int attempts, int tries) {
        hub.withConnections(broker -> undeliveredSettler.take(present, reason, attempts))
                .onComplete(taken -> confined.run(() -> {
                    if (taken.succeeded()) {
                        handling.complain("'" + present.message().routingKey() + "' is given up ("
                                + as.onFailure().then() + "): " + reason);
                        settle(Settlement.ACCEPTED, 0);
                    } else {
                        handling.complain(taken.cause().getMessage() + "; it stays in its queue and is tried again");
                        later(tries, Math.max(1, attempts), () -> giveUp(reason, attempts, tries + 1));
                    }
                }));
    }

    private void later(int failures, int next, Runnable again) {
        if (stopped) {
            settle(Settlement.REQUEUED, next);
            return;
        }
        timer = hub.vertx()
                .setTimer(
                        delay.after(failures).toMillis(),
                        id -> confined.run(() -> {
                            if (timer == id) {
                                timer = NONE;
                                // What an ended channel had delivered comes again.
                                if (present.live()) {
                                    again.run();
                                } else {
                                    settle(Settlement.REQUEUED, next);
                                }
                            }
                        }));
    }

    /** Tries nothing again: what waits for that goes back now, what is being handled when that has failed. */
    void stop() {
        stopped = true;
        if (timer != NONE) {
            hub.vertx().cancelTimer(timer);
            timer = NONE;
            settle(Settlement.REQUEUED, 1);
        }
    }

    /** @param next which attempt would be next; 0 if there is none */
    private void settle(Settlement settlement, int next) {
        if (!present.live() && next != 1) {
            known.remember(present, next);
        }
        present.settle(settlement);
        present = null;
        settled.run();
    }
}
