package dev.busbar.broker;

import java.util.function.Consumer;

/**
 * Messages on their way out, in order: those sent and unconfirmed, and those waiting to be sent. Bounded in messages
 * and bytes, both kinds together. What a lost connection gives back is sent again from its old place, before anything
 * newer. Not thread-safe.
 */
public final class ConfirmQueue<T> {

    /** A message's place in the queue. */
    public static final class Entry<T> {
        private final T message;
        private final long bytes;
        private final long order;
        private Entry<T> previous;
        private Entry<T> next;
        private boolean sent;
        private boolean removed;
        private int connectionsLost;

        private Entry(T message, long bytes, long order) {
            this.message = message;
            this.bytes = bytes;
            this.order = order;
        }

        public T message() {
            return message;
        }

        /** Whether it is in flight. */
        public boolean wasSent() {
            return sent;
        }

        /** How many connections the broker has ended with an error while this was in flight. */
        public int connectionsLost() {
            return connectionsLost;
        }

        void connectionLost() {
            connectionsLost++;
        }

        /** The next younger one; {@code null} at the end. */
        public Entry<T> following() {
            return next;
        }
    }

    private final int window;
    private final int maxMessages;
    private final long maxBytes;
    private Entry<T> oldest;
    private Entry<T> newest;
    /** The oldest one not sent; everything after it is unsent too, except what was sent before a loss further ahead. */
    private Entry<T> nextUnsent;

    private long orders;
    private int size;
    private int inFlight;
    private long bytes;

    /**
     * @param window how many may be unconfirmed at once
     * @param maxMessages how many may be in the queue, unconfirmed ones included
     * @param maxBytes how large their bodies may be together
     */
    public ConfirmQueue(int window, int maxMessages, long maxBytes) {
        if (window < 1 || maxMessages < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("a queue has room for at least one message");
        }
        this.window = window;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    public int size() {
        return size;
    }

    public int inFlight() {
        return inFlight;
    }

    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** @return its place, or {@code null} when there is no room */
    public Entry<T> offer(T message, long messageBytes) {
        if (size >= maxMessages || messageBytes > maxBytes - bytes) {
            return null;
        }
        var entry = new Entry<>(message, messageBytes, orders++);
        entry.previous = newest;
        if (newest == null) {
            oldest = entry;
        } else {
            newest.next = entry;
        }
        newest = entry;
        if (nextUnsent == null) {
            nextUnsent = entry;
        }
        size++;
        bytes += messageBytes;
        return entry;
    }

    /** @return the message to send now, counted as in flight; {@code null} when none waits or the window is full */
    public Entry<T> send() {
        var entry = nextUnsent;
        if (entry == null || inFlight >= window) {
            return null;
        }
        entry.sent = true;
        inFlight++;
        skipSent(entry.next);
        return entry;
    }

    /**
     * It is confirmed or has failed for good.
     *
     * @return whether it was still here
     */
    public boolean remove(Entry<T> entry) {
        if (entry.removed) {
            return false;
        }
        entry.removed = true;
        if (entry.previous == null) {
            oldest = entry.next;
        } else {
            entry.previous.next = entry.next;
        }
        if (entry.next == null) {
            newest = entry.previous;
        } else {
            entry.next.previous = entry.previous;
        }
        if (entry == nextUnsent) {
            skipSent(entry.next);
        }
        size--;
        bytes -= entry.bytes;
        if (entry.sent) {
            inFlight--;
        }
        return true;
    }

    /** It was sent and may not have arrived: it waits again, in its old place. */
    public void giveBack(Entry<T> entry) {
        if (entry.removed || !entry.sent) {
            return;
        }
        entry.sent = false;
        inFlight--;
        if (nextUnsent == null || entry.order < nextUnsent.order) {
            nextUnsent = entry;
        }
    }

    /** @return the oldest that has not been sent, {@code null} if all have */
    public Entry<T> oldestUnsent() {
        return nextUnsent;
    }

    public Entry<T> oldest() {
        return oldest;
    }

    /** Empties the queue, oldest first. */
    public void drain(Consumer<T> taker) {
        for (var entry = oldest; entry != null; entry = oldest) {
            remove(entry);
            taker.accept(entry.message);
        }
    }

    private void skipSent(Entry<T> from) {
        var entry = from;
        while (entry != null && entry.sent) {
            entry = entry.next;
        }
        nextUnsent = entry;
    }
}
