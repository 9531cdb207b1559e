package dev.busbar.hub;

import dev.busbar.config.ReplayConfig;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps the last messages of each filter for which somebody has asked to replay: bounded in messages for each filter
 * and in bytes for all together; the oldest are dropped first. Confined to the hub's event loop.
 */
final class Replay {

    /** Compared by identity: a message is kept once for each filter it matches. */
    private static final class Kept {
        private final Ring ring;
        private final HubMessage message;
        private final long bytes;

        Kept(Ring ring, HubMessage message, long bytes) {
            this.ring = ring;
            this.message = message;
            this.bytes = bytes;
        }
    }

    /** The messages kept for one filter. */
    static final class Ring {
        private final ArrayDeque<Kept> kept = new ArrayDeque<>();
        private volatile int size;

        /** From any thread. */
        int size() {
            return size;
        }
    }

    private final int maxMessages;
    private final long maxBytes;
    private final Set<Kept> byAge = new LinkedHashSet<>();
    private long bytes;

    Replay(ReplayConfig bounds) {
        this.maxMessages = bounds.messages();
        this.maxBytes = bounds.bytes();
    }

    void keep(Ring ring, HubMessage message, long messageBytes) {
        if (maxMessages == 0 || messageBytes > maxBytes) {
            return;
        }
        if (ring.kept.size() >= maxMessages) {
            drop(ring.kept.peek());
        }
        while (bytes + messageBytes > maxBytes) {
            drop(byAge.iterator().next());
        }
        var kept = new Kept(ring, message, messageBytes);
        ring.kept.add(kept);
        ring.size = ring.kept.size();
        byAge.add(kept);
        bytes += messageBytes;
    }

    /** Drops the oldest message of its ring: messages come to all rings in one order, so the oldest of all is first. */
    private void drop(Kept oldest) {
        oldest.ring.kept.remove();
        oldest.ring.size = oldest.ring.kept.size();
        byAge.remove(oldest);
        bytes -= oldest.bytes;
    }

    /** Returns the last messages of a ring, oldest first. */
    List<HubMessage> last(Ring ring, int count) {
        var last = new ArrayList<HubMessage>(Math.min(count, ring.kept.size()));
        var skip = Math.max(0, ring.kept.size() - count);
        for (var kept : ring.kept) {
            if (skip > 0) {
                skip--;
            } else {
                last.add(kept.message.replay());
            }
        }
        return last;
    }

    void forget(Ring ring) {
        while (!ring.kept.isEmpty()) {
            drop(ring.kept.peek());
        }
    }
}
