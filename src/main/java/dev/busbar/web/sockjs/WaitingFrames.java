package dev.busbar.web.sockjs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The frames that wait for one socket, in order. Whatever is done takes the same time however many they are: a browser
 * that does not read is not to cost the others more than one that does.
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
    /** The first that is droppable. */
    private Entry oldest;
    /** The last of each key; made when there is one. */
    private Map<Object, Entry> byKey;

    private int size;
    private long bytes;

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    /** @param key {@code null} if nothing will ever {@link #replace} it, as of all that is not droppable */
    void add(byte[] frame, Object key, boolean droppable) {
        var entry = new Entry(frame, key, droppable);
        entry.before = last;
        if (last == null) {
            first = entry;
        } else {
            last.after = entry;
        }
        last = entry;
        if (droppable && oldest == null) {
            oldest = entry;
        }
        if (key != null) {
            byKey = byKey == null ? new HashMap<>() : byKey;
            byKey.put(key, entry);
        }
        size++;
        bytes += frame.length;
    }

    /** Puts the frame in the place of the last with the same key. */
    boolean replace(Object key, byte[] frame) {
        var entry = byKey == null ? null : byKey.get(key);
        if (entry == null) {
            return false;
        }
        bytes += frame.length - entry.frame.length;
        entry.frame = frame;
        return true;
    }

    boolean dropOldest() {
        if (oldest == null) {
            return false;
        }
        remove(oldest);
        return true;
    }

    /** Takes the first ones, at least one, until they have as many bytes. */
    List<byte[]> take(int enough) {
        var taken = new ArrayList<byte[]>(Math.min(size, 16));
        for (var length = 0; first != null && length < enough; ) {
            taken.add(first.frame);
            length += first.frame.length;
            remove(first);
        }
        return taken;
    }

    private void remove(Entry entry) {
        if (entry == oldest) {
            oldest = droppableAfter(entry);
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
        // Else one that has grown old keeps all that came after it from being collected with the young.
        entry.before = null;
        entry.after = null;
        if (entry.key != null) {
            byKey.remove(entry.key, entry);
        }
        size--;
        bytes -= entry.frame.length;
    }

    /** Passes each that is not droppable once in its life. */
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
        oldest = null;
        byKey = null;
        size = 0;
        bytes = 0;
    }
}
