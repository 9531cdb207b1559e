package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.config.InboundRoute;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Holds what a route has in hand within a number of bytes: brokers count messages only. What is beyond goes back, its
 * content forgotten at once, after the consumer has been ended; consuming goes on when half of the bytes are free, with
 * a prefetch that suits the largest message. While messages are small, the prefetch grows to its own again. One message
 * always has room, however large. Confined to the event loop.
 */
final class ByteBound {

    private static final Logger LOG = CleanLogger.of(ByteBound.class);

    /** So many times its prefetch have been in hand at ease before the prefetch grows. */
    private static final int AT_EASE = 8;

    private static final int GROWTH = 4;

    private final InboundRoute config;
    private final PausableConsumer consumer;
    private final RouteCounts counts;
    private final ThrottledLog complaints;
    private final long most;
    private final List<Delivery> surplus = new ArrayList<>();
    private int prefetch;
    /** Written by the event loop alone. */
    private volatile long bytes;

    private long largest;
    private long peak;
    private long atEase;
    private boolean ending;
    private boolean paused;

    ByteBound(InboundRoute config, PausableConsumer consumer, RouteCounts counts) {
        this.config = config;
        this.consumer = consumer;
        this.counts = counts;
        this.complaints = new ThrottledLog(LOG, Level.WARN, "route '" + config.name() + "'");
        this.most = config.prefetchBytes();
        this.prefetch = config.prefetch();
    }

    /** How many are in hand. From any thread. */
    long bytes() {
        return bytes;
    }

    /** @return whether there is room; if not, the delivery goes back and is not to be looked at any more */
    boolean takes(Delivery delivery, long weight) {
        largest = Math.max(largest, weight);
        if (!ending && !paused && (bytes == 0 || bytes + weight <= most)) {
            add(weight);
            peak = Math.max(peak, bytes);
            atEase++;
            return true;
        }
        counts.count(RouteEvent.GIVEN_BACK);
        delivery.forget();
        if (paused) {
            delivery.settle(Settlement.RELEASED);
        } else {
            surplus.add(delivery);
            end();
        }
        return false;
    }

    private void end() {
        if (!ending) {
            ending = true;
            complaints.add(
                    "more than prefetchBytes, " + most + " bytes, would be in hand; what is beyond goes back to queue '"
                            + config.queue().name() + "'");
            consumer.pause(PausableConsumer.Reason.BYTES).onComplete(ignored -> ended());
        }
    }

    private void ended() {
        surplus.forEach(delivery -> delivery.settle(Settlement.RELEASED));
        surplus.clear();
        ending = false;
        paused = true;
        resumeIfRoom();
    }

    void settled(long weight) {
        add(-weight);
        if (paused) {
            resumeIfRoom();
        } else if (!ending && prefetch < config.prefetch() && atEase > (long) AT_EASE * prefetch) {
            grow();
        }
    }

    private void resumeIfRoom() {
        if (bytes <= most / 2) {
            resume((int) Math.max(1, Math.min(config.prefetch(), most / Math.max(1, largest))));
        }
    }

    private void grow() {
        var small = peak <= most / (2 * GROWTH);
        peak = 0;
        atEase = 0;
        if (small) {
            ending = true;
            consumer.pause(PausableConsumer.Reason.BYTES).onComplete(ignored -> {
                surplus.forEach(delivery -> delivery.settle(Settlement.RELEASED));
                surplus.clear();
                resume(Math.min(config.prefetch(), prefetch * GROWTH));
            });
        }
    }

    private void resume(int next) {
        prefetch = next;
        largest = 0;
        peak = 0;
        atEase = 0;
        ending = false;
        paused = false;
        LOG.debug("route '{}': consumes with a prefetch of {}", config.name(), next);
        consumer.prefetch(next);
        consumer.resume(PausableConsumer.Reason.BYTES);
    }

    private void add(long change) {
        bytes = bytes + change;
    }
}
