package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.RabbitMqArguments;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Tracks how far a route has read a stream, because the stream itself keeps no consumer's position. After a lost
 * connection or a restart, reading begins anew with the first message that has not been settled; after a pause, while
 * deliveries in hand can still be settled, with the first one that was given back. Of messages that come again, settled
 * ones are recognised as long as the route lives, and those delivered before are marked as redelivered. Confined to the
 * event loop.
 */
final class StreamPosition {

    private static final long NONE = -1;
    /** Added to an interval, because brokers count whole seconds, and time passes while a request is on its way. */
    private static final long SLACK_SECONDS = 2;

    private static final Pattern INTERVAL = Pattern.compile("([0-9]{1,9})([YMDhms])");
    private static final Map<String, Integer> SECONDS =
            Map.of("Y", 31_536_000, "M", 2_592_000, "D", 86_400, "h", 3_600, "m", 60, "s", 1);

    /**
     * The position as it is kept.
     *
     * @param next the offset to go on from; negative while nothing has been delivered
     * @param delivered the highest offset that has been delivered
     * @param since when reading began for the first time, in milliseconds since 1970; 0 if it has not
     */
    record Mark(long next, long delivered, long since) {}

    private final Object configured;
    private final Runnable moved;
    private TreeMap<Long, Read> unsettled = new TreeMap<>();
    private long next = NONE;
    private long delivered = NONE;
    private long deliveredBefore = NONE;
    private long since;

    /**
     * @param configured where to begin if no position is known; {@code null} for the broker's default, the end
     * @param moved called when the position has changed
     */
    StreamPosition(Object configured, Runnable moved) {
        this.configured = configured;
        this.moved = moved;
    }

    /** Goes on from a position that was kept before a restart. */
    void resume(Mark kept) {
        next = kept.next();
        deliveredBefore = kept.delivered();
        since = kept.since();
    }

    /** Begins at the start of the stream, because it is another one of the same name. */
    void startOver() {
        unsettled = new TreeMap<>();
        next = 0;
        delivered = NONE;
        deliveredBefore = NONE;
        moved.run();
    }

    Mark mark() {
        return new Mark(unsettled.isEmpty() ? next : unsettled.firstKey(), Math.max(delivered, deliveredBefore), since);
    }

    /** Returns where to begin now; {@code null} for the broker's default. */
    Object start() {
        var from = unsettled.values().stream().anyMatch(Read::isLost) ? mark().next() : firstNotInHand();
        if (from >= 0) {
            return from;
        }
        if (configured instanceof Number || "first".equals(configured)) {
            return configured;
        }
        var now = System.currentTimeMillis();
        if (since == 0) {
            since = now;
            moved.run();
            return configured;
        }
        // Nothing has been delivered yet: neither what was to come at first, nor what has come since, may be missed.
        return Math.max(0, now - since) / 1_000 + secondsBefore() + SLACK_SECONDS + "s";
    }

    /** Returns how far before the time of its first start the route was to begin. */
    private long secondsBefore() {
        var interval = configured instanceof String text ? INTERVAL.matcher(text) : null;
        return interval == null || !interval.matches()
                ? 0
                : Long.parseLong(interval.group(1)) * SECONDS.get(interval.group(2));
    }

    private long firstNotInHand() {
        return unsettled.values().stream()
                .filter(read -> read.givenBack)
                .map(read -> read.offset)
                .findFirst()
                .orElse(next);
    }

    /**
     * Returns the delivery to be handled; {@code null} if its message is in hand or was settled: it is settled here.
     */
    Delivery arrived(Delivery arrived) {
        if (!(arrived.message().properties().headers().get(RabbitMqArguments.STREAM_OFFSET) instanceof Long offset)) {
            return arrived;
        }
        var before = unsettled.get(offset);
        if (before == null ? offset <= delivered : before.isInHand()) {
            arrived.settle(Settlement.ACCEPTED);
            return null;
        }
        var again = offset <= Math.max(delivered, deliveredBefore);
        delivered = Math.max(delivered, offset);
        next = Math.max(next, offset + 1);
        var read = new Read(arrived, offset, again, unsettled);
        unsettled.put(offset, read);
        return read;
    }

    /** A delivery whose settlement moves the position, even when its connection is lost by then. */
    private final class Read implements Delivery {

        private final Delivery delivery;
        private final long offset;
        private final boolean again;
        private final TreeMap<Long, Read> unsettledThen;
        private boolean givenBack;

        Read(Delivery delivery, long offset, boolean again, TreeMap<Long, Read> unsettledThen) {
            this.delivery = delivery;
            this.offset = offset;
            this.again = again;
            this.unsettledThen = unsettledThen;
        }

        @Override
        public BridgeMessage message() {
            return delivery.message();
        }

        @Override
        public String incomplete() {
            return delivery.incomplete();
        }

        @Override
        public boolean redelivered() {
            return again || delivery.redelivered();
        }

        @Override
        public boolean live() {
            return delivery.live();
        }

        boolean isInHand() {
            return !givenBack && delivery.live();
        }

        boolean isLost() {
            return !givenBack && !delivery.live();
        }

        @Override
        public void forget() {
            delivery.forget();
        }

        @Override
        public void settle(Settlement settlement) {
            var done = settlement == Settlement.ACCEPTED || settlement == Settlement.REJECTED;
            givenBack = !done;
            if (done && unsettledThen.remove(offset) != null) {
                moved.run();
            }
            // A stream takes nothing back; accepting means that the broker sends more.
            delivery.settle(Settlement.ACCEPTED);
        }
    }
}
