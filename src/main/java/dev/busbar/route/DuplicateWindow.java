package dev.busbar.route;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.LinkedHashSet;

/**
 * The ids a route has settled last, shared by its instances in one Vert.x. Remembers a fixed number; the oldest go
 * first. Thread-safe; a message without an id is never a duplicate.
 */
final class DuplicateWindow implements Shareable {

    private static final String MAP = "dev.busbar.duplicates";

    private final int size;
    private final LinkedHashSet<String> ids = new LinkedHashSet<>();

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

    synchronized boolean contains(String id) {
        return size > 0 && id != null && ids.contains(id);
    }

    synchronized void settled(String id) {
        if (size > 0 && id != null && ids.add(id) && ids.size() > size) {
            var oldest = ids.iterator();
            oldest.next();
            oldest.remove();
        }
    }
}
