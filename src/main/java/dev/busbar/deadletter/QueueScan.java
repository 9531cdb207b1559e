package dev.busbar.deadletter;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Fetcher;
import dev.busbar.broker.MessageSize;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Takes messages out of a queue one after another, in order, and holds those that are not settled; closing the fetcher
 * puts them back in their places. How many are held, and how large they are, is bounded. On the connection's event
 * loop.
 */
final class QueueScan {

    /** How many messages may be in hand, and how large they may be together but for the last. */
    static final int MAX_HELD = 1_000;

    private static final long MAX_HELD_BYTES = 64L << 20;
    private static final int WINDOW = 200;

    /** What is done with each message. */
    interface Look {

        /** Whether another one is of any use. */
        boolean wantsMore();

        /** @return completes with whether it has been settled; else it is held. Others may come before */
        Future<Boolean> at(DeadMessage message);
    }

    private final Fetcher fetcher;
    private final Look look;
    private final Promise<String> over = Promise.promise();
    private boolean fetching;
    private int open;
    private int held;
    private long bytes;
    private boolean stopping;
    private String reason;

    QueueScan(Fetcher fetcher, Look look) {
        this.fetcher = fetcher;
        this.look = look;
    }

    /** @return why it went no further although more was wanted; {@code null} if no more was, or was there */
    Future<String> run() {
        step();
        return over.future();
    }

    private void step() {
        if (fetching || open >= WINDOW || over.future().isComplete()) {
            return;
        }
        if (!stopping && !look.wantsMore()) {
            stop(null);
        } else if (!stopping && (open + held >= MAX_HELD || bytes >= MAX_HELD_BYTES)) {
            stop("there is no room for more than " + held + " messages that stay, " + bytes + " bytes");
        }
        if (!stopping) {
            fetching = true;
            fetcher.next().onComplete(this::taken, failure -> over.tryComplete(failure.getMessage()));
        } else if (open == 0) {
            over.tryComplete(reason);
        }
    }

    /** Goes no further; what comes of what is under way is nobody's concern any more. */
    void giveUp(String why) {
        stop(why);
        over.tryComplete(why);
    }

    private void stop(String why) {
        stopping = true;
        reason = why;
    }

    private void taken(Delivery delivery) {
        fetching = false;
        if (over.future().isComplete()) {
            return;
        }
        if (delivery == null) {
            stop(null);
        } else {
            try {
                look(delivery);
            } catch (RuntimeException e) {
                // Whoever asked is to hear of it, and not to wait until the time is up.
                stop(e.toString());
                over.tryFail(e);
                return;
            }
        }
        step();
    }

    private void look(Delivery delivery) {
        var weight = MessageSize.of(delivery.message());
        var message = DeadMessage.of(delivery);
        open++;
        bytes += weight;
        look.at(message).onComplete(looked -> {
            open--;
            if (Boolean.TRUE.equals(looked.result())) {
                bytes -= weight;
            } else {
                held++;
            }
            step();
        });
    }
}
