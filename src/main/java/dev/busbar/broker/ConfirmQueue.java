package dev.busbar.broker;

import java.util.function.Consumer;

/**
 * Keeps outgoing messages in order until the broker confirms them: those in flight, and those that wait to be sent.
 * Bounded in messages and bytes, both kinds together. A message that a lost connection gives back is sent again from
 * its old place, before anything newer. Not thread-safe.
 */
public final class ConfirmQueue<T> {

    /** Holds one message and its place in the queue. */
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

        /** Returns whether the message is in flight. */
        public boolean wasSent() {
            return sent;
        }

        /** Returns how many connections the broker has ended with an error while the message was in flight. */
        public int connectionsLost() {
            return connectionsLost;
        }

        void connectionLost() {
            connectionsLost++;
        }

        /** Returns the next younger entry; {@code null} at the end. */
        public Entry<T> following() {
            return next;
        }
    }

    private final int window;
    private final int maxMessages;
    private final long maxBytes;
    private Entry<T> oldest;
    private Entry<T> newest;
    /**
     * The oldest unsent entry. Younger entries are unsent too, except those sent before an older entry was given back.
     */
    private Entry<T> nextUnsent;

    private long nextOrder;
    private int size;
    private int inFlight;
    private long bytes;

    /**
     * Makes an empty queue.
     *
     * @param window how many messages may be unconfirmed at once
     * @param maxMessages how many messages may be in the queue, unconfirmed ones included
     * @param maxBytes how many bytes the messages may have together
     */
    public ConfirmQueue(int window, int maxMessages, long maxBytes) {
        if (window < 1 || maxMessages < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("a queue has room for at least one message");
        }
        this.window = window;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Returns the number of messages in the queue, unconfirmed ones included. */
    public int size() {
        return size;
    }

    /** Returns the number of messages sent and unconfirmed. */
    public int inFlight() {
        return inFlight;
    }

    /** Returns the bytes of all messages in the queue. */
    public long bytes() {
        return bytes;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Appends a message.
     *
     * @param messageBytes the size that counts towards the bound
     * @return the entry of the message; {@code null} when there is no room
     */
    public Entry<T> offer(T message, long messageBytes) {
        if (size >= maxMessages || messageBytes > maxBytes - bytes) {
            return null;
        }
        var entry = new Entry<>(message, messageBytes, nextOrder++);
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

    /**
     * Returns the entry of the message to send now, and counts it as in flight; {@code null} when no message waits or
     * the window is full.
     */
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
     * Removes an entry whose message is confirmed or has failed for good.
     *
     * @return whether the entry was still in the queue
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

    /** Puts a sent message back among those that wait, in its old place, because it may not have arrived. */
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

    /** Returns the oldest entry that has not been sent; {@code null} if all have been. */
    public Entry<T> oldestUnsent() {
        return nextUnsent;
    }

    /** Returns the oldest entry; {@code null} if the queue is empty. */
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
