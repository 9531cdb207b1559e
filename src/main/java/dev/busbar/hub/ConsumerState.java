package dev.busbar.hub;

import dev.busbar.broker.SubscriptionState;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.OutageLog;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;

/**
 * Tells whether the hub's consumer is alive on the broker. The node's queue is deleted with its connection, so messages
 * that are published meanwhile are missed. Changed on the hub's event loop, read from any thread.
 */
final class ConsumerState {

    private static final Logger LOG = CleanLogger.of(ConsumerState.class);

    private record Now(boolean consuming, Instant since, String obstacle) {}

    private final Consumer<String> interrupted;
    private final Runnable back;
    private final OutageLog outages = new OutageLog(LOG, "subscriptions");
    private volatile Now now = new Now(false, Instant.now(), "starting");
    private volatile long interruptions;
    private String cause;

    /**
     * @param interrupted told that messages may have been missed, and why, before the first message after that
     * @param back told that the consumer is no longer {@link #recovering}
     */
    ConsumerState(Consumer<String> interrupted, Runnable back) {
        this.interrupted = interrupted;
        this.back = back;
    }

    void changed(SubscriptionState state) {
        if (state instanceof SubscriptionState.Active) {
            now = new Now(true, Instant.now(), null);
            if (cause != null) {
                interruptions++;
                outages.up("what passed meanwhile has been missed; consuming again");
                interrupted.accept("messages may have been missed: " + cause);
                cause = null;
                back.run();
            }
        } else if (state instanceof SubscriptionState.Recovering recovering) {
            cause = recovering.cause();
            now = new Now(false, now.consuming() ? Instant.now() : now.since(), cause);
            outages.down("not consuming at present: " + cause);
        } else {
            cause = null;
            outages.end();
            now = new Now(false, Instant.now(), "stopped");
        }
    }

    /** Returns whether the consumer has been lost and is expected back. On the hub's event loop. */
    boolean recovering() {
        return cause != null;
    }

    boolean consuming() {
        return now.consuming();
    }

    Instant since() {
        return now.since();
    }

    String obstacle() {
        return now.obstacle();
    }

    long interruptions() {
        return interruptions;
    }
}
