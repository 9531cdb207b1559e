package dev.busbar.route;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Remembers the ids of the messages that a route has settled last, and of those it is handling, for all its instances
 * in one Vert.x. The number of settled ids is fixed; the oldest is forgotten first. A message that comes again while
 * its first copy is being handled waits for the outcome of that. A message without an id is never a duplicate.
 * Thread-safe.
 */
final class DuplicateWindow implements Shareable {

    private static final String MAP = "dev.busbar.duplicates";

    /** What to do with a message that has come. */
    enum Verdict {
        /** The message is to be handled, and {@link #finished} called then, or {@link #abandoned} at the latest. */
        NEW,
        /** The message has been handled. */
        SETTLED,
        /** A copy is being handled: the caller is asked to come again when that has ended. */
        IN_PROGRESS
    }

    private record Handling(Object owner, List<Runnable> copies) {}

    private final int size;
    private final LinkedHashSet<String> settled = new LinkedHashSet<>();
    private final Map<String, Handling> inProgress = new HashMap<>();

    private DuplicateWindow(int size) {
        this.size = size;
    }

    /**
     * Returns the window that the route's instances share.
     *
     * @param size how many ids; 0 to remember nothing
     */
    static DuplicateWindow of(Vertx vertx, String route, int size) {
        return vertx.sharedData()
                .<String, DuplicateWindow>getLocalMap(MAP)
                .compute(
                        route,
                        (name, known) -> known != null && known.size == size ? known : new DuplicateWindow(size));
    }

    /**
     * Decides about a message that has come.
     *
     * @param owner who will handle it
     * @param askAgain called, on any thread, when the copy that is being handled has been finished or abandoned
     */
    Verdict arrived(String id, Object owner, Runnable askAgain) {
        if (size == 0 || id == null) {
            return Verdict.NEW;
        }
        synchronized (this) {
            if (settled.contains(id)) {
                return Verdict.SETTLED;
            }
            var handling = inProgress.get(id);
            if (handling == null) {
                inProgress.put(id, new Handling(owner, new ArrayList<>(0)));
                return Verdict.NEW;
            }
            handling.copies().add(askAgain);
            return Verdict.IN_PROGRESS;
        }
    }

    /**
     * Ends the handling of a message.
     *
     * @param handled whether copies of it are duplicates; if not, one of those that wait is to be handled
     */
    void finished(String id, Object owner, boolean handled) {
        if (size == 0 || id == null) {
            return;
        }
        List<Runnable> copies = List.of();
        synchronized (this) {
            if (handled && settled.add(id) && settled.size() > size) {
                var oldest = settled.iterator();
                oldest.next();
                oldest.remove();
            }
            var handling = inProgress.get(id);
            if (handling != null && handling.owner() == owner) {
                copies = inProgress.remove(id).copies();
            }
        }
        copies.forEach(Runnable::run);
    }

    /** Finishes all messages that this owner has not finished, as not handled. */
    void abandoned(Object owner) {
        List<String> ids;
        synchronized (this) {
            ids = inProgress.entrySet().stream()
                    .filter(handling -> handling.getValue().owner() == owner)
                    .map(Map.Entry::getKey)
                    .toList();
        }
        ids.forEach(id -> finished(id, owner, false));
    }
}
