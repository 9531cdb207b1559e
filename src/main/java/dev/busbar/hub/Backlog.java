package dev.busbar.hub;

import dev.busbar.config.HandOverConfig;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The queue of one {@link ListenerLoop}: messages, and work to be done between them, in order. Bounded in messages and
 * bytes; when it is full the oldest message is dropped and leaves a {@link Gap} in its place. Filled by the hub's event
 * loop and emptied by the listener loop: each holds the lock for as long as a few items take.
 */
final class Backlog {

    sealed interface Item {}

    /** @param matched the filters that the message matches, whoever listens to them */
    record Handed(HubMessage message, List<FilterBinding> matched, long bytes) implements Item {}

    record Errand(Runnable work) implements Item {}

    /** Messages of these filters have been dropped here. */
    record Gap(Set<FilterBinding> missed) implements Item {}

    private final int maxMessages;
    private final long maxBytes;
    private final Runnable relieved;
    /** Comes before all in {@code waiting}; has no messages. */
    private final ArrayDeque<Item> front = new ArrayDeque<>();

    private final ArrayDeque<Item> waiting = new ArrayDeque<>();
    private int messages;
    private long bytes;
    private boolean congested;
    private boolean scheduled;

    /** @param relieved called when congestion ends, on the thread that empties the queue; must not block */
    Backlog(HandOverConfig bounds, Runnable relieved) {
        this.maxMessages = bounds.messages();
        this.maxBytes = bounds.bytes();
        this.relieved = relieved;
    }

    /** Returns whether the listener loop has to be scheduled. */
    synchronized boolean add(Item item) {
        if (item instanceof Handed handed) {
            while (messages > 0 && (messages >= maxMessages || bytes + handed.bytes() > maxBytes)) {
                dropOldest();
            }
            messages++;
            bytes += handed.bytes();
            congested |= messages > maxMessages / 2 || bytes > maxBytes / 2;
        }
        waiting.add(item);
        var idle = !scheduled;
        scheduled = true;
        return idle;
    }

    private void dropOldest() {
        while (!(waiting.peek() instanceof Handed)) {
            front.add(waiting.poll());
        }
        var dropped = (Handed) waiting.poll();
        messages--;
        bytes -= dropped.bytes();
        if (!(front.peekLast() instanceof Gap)) {
            front.add(new Gap(Collections.newSetFromMap(new IdentityHashMap<>())));
        }
        var missed = ((Gap) front.peekLast()).missed();
        for (var binding : dropped.matched()) {
            binding.counts.dropped.increment();
            missed.add(binding);
        }
    }

    /** Returns whether the queue has been half full, and has not been down to a quarter since. */
    synchronized boolean congested() {
        return congested;
    }

    /**
     * Takes the oldest item.
     *
     * @return {@code null} if there is none, and then {@link #add} asks for the listener loop to be scheduled again
     */
    synchronized Item poll() {
        var item = front.isEmpty() ? waiting.poll() : front.poll();
        if (item instanceof Handed handed) {
            messages--;
            bytes -= handed.bytes();
            if (congested && messages <= maxMessages / 4 && bytes <= maxBytes / 4) {
                congested = false;
                relieved.run();
            }
        }
        scheduled = item != null;
        return item;
    }
}
