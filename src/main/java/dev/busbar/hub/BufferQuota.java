package dev.busbar.hub;

import dev.busbar.config.ProducingConfig;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The room left for what is produced: taken by any thread before a message is passed on, given back at its end. */
final class BufferQuota {

    private final ProducingConfig bounds;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    BufferQuota(ProducingConfig bounds) {
        this.bounds = bounds;
    }

    /** @return whether there was room; one taken by several at once at the very end may be refused to all of them */
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
