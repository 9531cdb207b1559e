package dev.busbar.hub;

import dev.busbar.config.ProducingConfig;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the messages and bytes that the hub may still take for publishing: taken by any thread before a message is
 * queued, given back when its outcome is known.
 */
final class BufferQuota {

    private final ProducingConfig bounds;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    BufferQuota(ProducingConfig bounds) {
        this.bounds = bounds;
    }

    /**
     * Takes a place for one message. The last place may be refused to all who ask for it at the same moment.
     *
     * @return whether there was room
     */
    boolean take(long messageBytes) {
        if (messages.incrementAndGet() > bounds.messages()) {
            messages.decrementAndGet();
            return false;
        }
        if (bytes.addAndGet(messageBytes) > bounds.bytes()) {
            giveBack(messageBytes);
            return false;
        }
        return true;
    }

    void giveBack(long messageBytes) {
        messages.decrementAndGet();
        bytes.addAndGet(-messageBytes);
    }

    int messages() {
        return messages.get();
    }

    @Override
    public String toString() {
        return messages + " of " + bounds.messages() + " messages, " + bytes + " of " + bounds.bytes() + " bytes";
    }
}
