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
 * Bounds the bytes of the deliveries that a route has in hand, because brokers count messages only. When the bound is
 * reached the consumer is ended; deliveries beyond the bound go back, their content forgotten at once. Consuming goes
 * on when half of the bytes are free, with a prefetch that suits the largest message. While messages are small, the
 * prefetch grows back to the configured one. A single message is always accepted, however large. Confined to the event
 * loop.
 */
final class ByteBound {

    private static final Logger LOG = CleanLogger.of(ByteBound.class);

    /** After so many times the prefetch have been taken without reaching the bound, the prefetch may grow. */
    private static final int PREFETCHES_BEFORE_GROWTH = 8;

    private static final int GROWTH_FACTOR = 4;

    private final InboundRoute config;
    private final PausableConsumer consumer;
    private final RouteCounts counts;
    private final ThrottledLog warnings;
    private final long maxBytes;
    private final List<Delivery> surplus = new ArrayList<>();
    private int prefetch;
    /** Written by the event loop alone. */
    private volatile long bytes;

    private long largest;
    private long peak;
    private long takenSinceResume;
    private boolean ending;
    private boolean paused;

    ByteBound(InboundRoute config, PausableConsumer consumer, RouteCounts counts) {
        this.config = config;
        this.consumer = consumer;
        this.counts = counts;
        this.warnings = new ThrottledLog(LOG, Level.WARN, "route '" + config.name() + "'");
        this.maxBytes = config.prefetchBytes();
        this.prefetch = config.prefetch();
    }

    /** Returns how many bytes are in hand. From any thread. */
    long bytes() {
        return bytes;
    }

    /** Takes a delivery in hand if there is room. If not, it goes back, and must not be used any more. */
    boolean takes(Delivery delivery, long size) {
        largest = Math.max(largest, size);
        if (!ending && !paused && (bytes == 0 || bytes + size <= maxBytes)) {
            add(size);
            peak = Math.max(peak, bytes);
            takenSinceResume++;
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
            warnings.add("more than prefetchBytes, " + maxBytes
                    + " bytes, would be in hand; what is beyond goes back to queue '"
                    + config.queue().name() + "'");
            consumer.pause(this).onComplete(ignored -> ended());
        }
    }

    private void ended() {
        surplus.forEach(delivery -> delivery.settle(Settlement.RELEASED));
        surplus.clear();
        ending = false;
        paused = true;
        resumeIfRoom();
    }

    void settled(long size) {
        add(-size);
        if (paused) {
            resumeIfRoom();
        } else if (!ending
                && prefetch < config.prefetch()
                && takenSinceResume > (long) PREFETCHES_BEFORE_GROWTH * prefetch) {
            grow();
        }
    }

    private void resumeIfRoom() {
        if (bytes <= maxBytes / 2) {
            resume((int) Math.max(1, Math.min(config.prefetch(), maxBytes / Math.max(1, largest))));
        }
    }

    private void grow() {
        var small = peak <= maxBytes / (2 * GROWTH_FACTOR);
        peak = 0;
        takenSinceResume = 0;
        if (small) {
            ending = true;
            consumer.pause(this).onComplete(ignored -> {
                surplus.forEach(delivery -> delivery.settle(Settlement.RELEASED));
                surplus.clear();
                resume(Math.min(config.prefetch(), prefetch * GROWTH_FACTOR));
            });
        }
    }

    private void resume(int next) {
        prefetch = next;
        largest = 0;
        peak = 0;
        takenSinceResume = 0;
        ending = false;
        paused = false;
        LOG.debug("route '{}': consumes with a prefetch of {}", config.name(), next);
        consumer.prefetch(next);
        consumer.resume(this);
    }

    private void add(long change) {
        bytes = bytes + change;
    }
}
