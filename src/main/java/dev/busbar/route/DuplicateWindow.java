package dev.busbar.route;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The ids a route has settled last, and those it is handling, shared by its instances in one Vert.x. Remembers a fixed
 * number of settled ones; the oldest go first. A message that comes again while its first copy is being handled waits
 * for the outcome of that. Thread-safe; a message without an id is never a duplicate.
 */
final class DuplicateWindow implements Shareable {

    private static final String MAP = "dev.busbar.duplicates";

    /** What to do with a message that has come. */
    enum Verdict {
        /** Handle it, and then say {@link #finished} or at the latest {@link #abandoned}. */
        NEW,
        /** It has been handled. */
        SETTLED,
        /** It is being handled: one is asked again later. */
        UNDER_WAY
    }

    private record Handling(Object owner, List<Runnable> copies) {}

    private final int size;
    private final LinkedHashSet<String> settled = new LinkedHashSet<>();
    private final Map<String, Handling> underWay = new HashMap<>();

    private DuplicateWindow(int size) {
        this.size = size;
    }

    /** @param size 0 to remember nothing */
    static DuplicateWindow of(Vertx vertx, String route, int size) {
        return vertx.sharedData()
                .<String, DuplicateWindow>getLocalMap(MAP)
                .compute(
                        route,
                        (name, known) -> known != null && known.size == size ? known : new DuplicateWindow(size));
    }

    /**
     * @param owner who will handle it
     * @param askAgain called, in any thread, when the copy under way has been finished or abandoned
     */
    Verdict arrived(String id, Object owner, Runnable askAgain) {
        if (size == 0 || id == null) {
            return Verdict.NEW;
        }
        synchronized (this) {
            if (settled.contains(id)) {
                return Verdict.SETTLED;
            }
            var handling = underWay.get(id);
            if (handling == null) {
                underWay.put(id, new Handling(owner, new ArrayList<>(0)));
                return Verdict.NEW;
            }
            handling.copies().add(askAgain);
            return Verdict.UNDER_WAY;
        }
    }

    /** @param handled whether copies of it are duplicates; if not, one of those that wait is new */
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
            var handling = underWay.get(id);
            if (handling != null && handling.owner() == owner) {
                copies = underWay.remove(id).copies();
            }
        }
        copies.forEach(Runnable::run);
    }

    /** Nobody is to wait any longer for what this owner has not finished. */
    void abandoned(Object owner) {
        List<String> ids;
        synchronized (this) {
            ids = underWay.entrySet().stream()
                    .filter(handling -> handling.getValue().owner() == owner)
                    .map(Map.Entry::getKey)
                    .toList();
        }
        ids.forEach(id -> finished(id, owner, false));
    }
}
