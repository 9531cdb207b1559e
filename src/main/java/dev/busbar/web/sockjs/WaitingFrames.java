package dev.busbar.web.sockjs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Queues the frames that wait for one browser, in order. Every operation takes constant time however many frames wait,
 * so that a browser that does not read costs the others no more than one that does.
 */
final class WaitingFrames {

    private static final class Entry {
        private final Object key;
        private final boolean droppable;
        private byte[] frame;
        private Entry before;
        private Entry after;

        Entry(byte[] frame, Object key, boolean droppable) {
            this.frame = frame;
            this.key = key;
            this.droppable = droppable;
        }
    }

    private Entry first;
    private Entry last;
    /** The first entry that may be dropped. */
    private Entry oldestDroppable;
    /** The last entry of each key; {@code null} until an entry has a key. */
    private Map<Object, Entry> byKey;

    private int size;
    private long bytes;

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Appends a frame.
     *
     * @param key the key by which {@link #replace} finds the frame; {@code null} for a frame that is never replaced, as
     *     for every frame that is not droppable
     */
    void add(byte[] frame, Object key, boolean droppable) {
        var entry = new Entry(frame, key, droppable);
        entry.before = last;
        if (last == null) {
            first = entry;
        } else {
            last.after = entry;
        }
        last = entry;
        if (droppable && oldestDroppable == null) {
            oldestDroppable = entry;
        }
        if (key != null) {
            byKey = byKey == null ? new HashMap<>() : byKey;
            byKey.put(key, entry);
        }
        size++;
        bytes += frame.length;
    }

    /** Replaces the last frame with the same key; returns {@code false} if there is none. */
    boolean replace(Object key, byte[] frame) {
        var entry = byKey == null ? null : byKey.get(key);
        if (entry == null) {
            return false;
        }
        bytes += frame.length - entry.frame.length;
        entry.frame = frame;
        return true;
    }

    /** Drops the oldest frame that may be dropped; returns {@code false} if there is none. */
    boolean dropOldest() {
        if (oldestDroppable == null) {
            return false;
        }
        remove(oldestDroppable);
        return true;
    }

    /** Removes and returns the first frames: at least one, and as many as it takes to have {@code minBytes}. */
    List<byte[]> take(int minBytes) {
        var taken = new ArrayList<byte[]>(Math.min(size, 16));
        for (var length = 0; first != null && length < minBytes; ) {
            taken.add(first.frame);
            length += first.frame.length;
            remove(first);
        }
        return taken;
    }

    private void remove(Entry entry) {
        if (entry == oldestDroppable) {
            oldestDroppable = droppableAfter(entry);
        }
        if (entry.before == null) {
            first = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after == null) {
            last = entry.before;
        } else {
            entry.after.before = entry.before;
        }
        // An entry in the old generation would otherwise keep all later entries alive until a full collection.
        entry.before = null;
        entry.after = null;
        if (entry.key != null) {
            byKey.remove(entry.key, entry);
        }
        size--;
        bytes -= entry.frame.length;
    }

    /** Finds the next droppable entry; each other entry is skipped at most once in its life. */
    private static Entry droppableAfter(Entry entry) {
        var at = entry.after;
        while (at != null && !at.droppable) {
            at = at.after;
        }
        return at;
    }

    void clear() {
        first = null;
        last = null;
        oldestDroppable = null;
        byKey = null;
        size = 0;
        bytes = 0;
    }
}
