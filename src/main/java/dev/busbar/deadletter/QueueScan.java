package dev.busbar.deadletter;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Fetcher;
import dev.busbar.broker.MessageSize;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Takes messages out of a queue one after another, in order, and shows each to a {@link Visitor}. Messages that the
 * visitor has not settled are held, bounded in messages and bytes; closing the fetcher puts them back in their places.
 * Confined to the connection's event loop.
 */
final class QueueScan {

    /** How many messages may be held; and how large they may be together, not counting the last. */
    static final int MAX_HELD = 1_000;

    private static final long MAX_HELD_BYTES = 64L << 20;
    private static final int MAX_CONCURRENT_VISITS = 200;

    /** Decides about each message. */
    interface Visitor {

        /** Returns whether another message is wanted. */
        boolean wantsMore();

        /**
         * Deals with a message. Others may be shown before the future completes.
         *
         * @return whether the message has been settled; if not, it is held
         */
        Future<Boolean> visit(DeadMessage message);
    }

    private final Fetcher fetcher;
    private final Visitor visitor;
    private final Promise<String> ended = Promise.promise();
    private boolean fetching;
    private int visiting;
    private int held;
    private long bytes;
    private boolean stopping;
    private String reason;

    QueueScan(Fetcher fetcher, Visitor visitor) {
        this.fetcher = fetcher;
        this.visitor = visitor;
    }

    /** Returns why the scan ended although more was wanted; {@code null} if nothing more was wanted, or was there. */
    Future<String> run() {
        step();
        return ended.future();
    }

    private void step() {
        if (fetching || visiting >= MAX_CONCURRENT_VISITS || ended.future().isComplete()) {
            return;
        }
        if (!stopping && !visitor.wantsMore()) {
            stop(null);
        } else if (!stopping && (visiting + held >= MAX_HELD || bytes >= MAX_HELD_BYTES)) {
            stop("there is no room for more than " + held + " messages that stay, " + bytes + " bytes");
        }
        if (!stopping) {
            fetching = true;
            fetcher.next().onComplete(this::taken, failure -> ended.tryComplete(failure.getMessage()));
        } else if (visiting == 0) {
            ended.tryComplete(reason);
        }
    }

    /** Ends the scan at once; the outcomes of visits that have not ended are ignored. */
    void giveUp(String why) {
        stop(why);
        ended.tryComplete(why);
    }

    private void stop(String why) {
        stopping = true;
        reason = why;
    }

    private void taken(Delivery delivery) {
        fetching = false;
        if (ended.future().isComplete()) {
            return;
        }
        if (delivery == null) {
            stop(null);
        } else {
            try {
                visit(delivery);
            } catch (RuntimeException e) {
                // The caller is told now, and does not wait until the time is up.
                stop(e.toString());
                ended.tryFail(e);
                return;
            }
        }
        step();
    }

    private void visit(Delivery delivery) {
        var weight = MessageSize.of(delivery.message());
        var message = DeadMessage.of(delivery);
        visiting++;
        bytes += weight;
        visitor.visit(message).onComplete(visited -> {
            visiting--;
            if (Boolean.TRUE.equals(visited.result())) {
                bytes -= weight;
            } else {
                held++;
            }
            step();
        });
    }
}
