package dev.busbar.broker.rabbitmq;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Keeps the publications of a channel that are not confirmed yet, in publishing order: a growing ring indexed by the
 * channel's publish sequence number, which starts at 1. Confined to the event loop.
 */
final class PendingConfirms<T> {

    private Object[] ring = new Object[64];
    private long first = 1;
    private long next = 1;

    /**
     * Adds a publication.
     *
     * @return the sequence number that the broker will confirm
     */
    long add(T item) {
        if (next - first == ring.length) {
            grow();
        }
        ring[index(next)] = item;
        return next++;
    }

    boolean isEmpty() {
        return first == next;
    }

    /**
     * Removes the publications that a confirm covers and hands them over, oldest first. Numbers unknown or confirmed
     * before are ignored; 0 with {@code multiple} covers everything (AMQP 0-9-1, {@code basic.ack}).
     */
    void confirm(long sequence, boolean multiple, Consumer<T> confirmed) {
        if (sequence == 0 && multiple) {
            drain(confirmed);
            return;
        }
        if (sequence >= next || sequence < first) {
            return;
        }
        if (multiple) {
            while (first <= sequence) {
                take(first++, confirmed);
            }
        } else {
            take(sequence, confirmed);
        }
        while (first < next && ring[index(first)] == null) {
            first++;
        }
    }

    /** Removes all publications that are left and hands them over, oldest first. */
    void drain(Consumer<T> left) {
        while (first < next) {
            take(first++, left);
        }
    }

    /** Returns the oldest publication that is wanted; {@code null} if there is none. */
    T find(Predicate<T> wanted) {
        for (var at = first; at < next; at++) {
            var item = at(at);
            if (item != null && wanted.test(item)) {
                return item;
            }
        }
        return null;
    }

    private void take(long sequence, Consumer<T> taker) {
        var item = at(sequence);
        ring[index(sequence)] = null;
        if (item != null) {
            taker.accept(item);
        }
    }

    @SuppressWarnings("unchecked")
    private T at(long sequence) {
        return (T) ring[index(sequence)];
    }

    private int index(long sequence) {
        return (int) (sequence & (ring.length - 1));
    }

    private void grow() {
        var larger = new Object[ring.length * 2];
        for (var at = first; at < next; at++) {
            larger[(int) (at & (larger.length - 1))] = ring[index(at)];
        }
        ring = larger;
    }
}
