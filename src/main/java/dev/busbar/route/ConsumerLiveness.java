package dev.busbar.route;

import dev.busbar.broker.SubscriptionState;
import dev.busbar.log.OutageLog;
import java.time.Duration;
import org.slf4j.Logger;

/**
 * Follows whether the consumer of an inbound route is live: logs outages, and knows how long the present one has
 * lasted. Told on the event loop, asked from any thread.
 */
final class ConsumerLiveness {

    /** How soon a consumer that the broker has ended with messages in hand subscribes again, if all is well. */
    private static final Duration RESUBSCRIBE_TIME = Duration.ofSeconds(3);

    private final OutageLog outages;
    /** When the consumer was found to be gone; {@code null} while it is not. */
    private volatile Long goneSinceNanos;

    private volatile boolean everLive;

    ConsumerLiveness(Logger log, String route) {
        this.outages = new OutageLog(log, "route '" + route + "'");
    }

    void changed(SubscriptionState state) {
        if (state instanceof SubscriptionState.Recovering recovering) {
            goneSinceNanos = goneSinceNanos == null ? (Long) System.nanoTime() : goneSinceNanos;
            outages.down("not consuming at present: " + recovering.cause());
        } else if (state instanceof SubscriptionState.Active) {
            everLive = true;
            goneSinceNanos = null;
            outages.up("consuming again");
        } else {
            outages.end();
        }
    }

    /** Returns whether the queue has been declared, or compared, and consumed at least once. */
    boolean everLive() {
        return everLive;
    }

    /** Returns whether the consumer is live, or gone for no longer than it takes to subscribe again. */
    boolean maySoonBeLive() {
        var gone = goneSinceNanos;
        return gone == null || System.nanoTime() - gone < RESUBSCRIBE_TIME.toNanos();
    }
}
