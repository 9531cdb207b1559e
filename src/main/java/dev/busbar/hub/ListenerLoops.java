package dev.busbar.hub;

import dev.busbar.config.HandOverConfig;
import io.vertx.core.internal.ContextInternal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keeps a {@link ListenerLoop} for each event loop that has listeners, and for each worker context that has. Confined
 * to the hub's event loop.
 */
final class ListenerLoops {

    private final HandOverConfig bounds;
    private final Consumer<ListenerLoop> relieved;
    private final Map<Object, ListenerLoop> byKey = new HashMap<>();

    /** @param relieved told, from any thread, of a loop that keeps up again */
    ListenerLoops(HandOverConfig bounds, Consumer<ListenerLoop> relieved) {
        this.bounds = bounds;
        this.relieved = relieved;
    }

    private static Object key(ContextInternal context) {
        return context.isEventLoopContext() ? context.nettyEventLoop() : context.unwrap();
    }

    /** Adds a listener of that context, and returns its loop. */
    ListenerLoop join(ContextInternal context) {
        var listenerLoop = byKey.computeIfAbsent(key(context), key -> create(context));
        listenerLoop.listeners(1);
        return listenerLoop;
    }

    private ListenerLoop create(ContextInternal context) {
        var made = new ListenerLoop[1];
        // The loop is known to its own callback only once it is made; the callback is not called before.
        made[0] = new ListenerLoop(context.unwrap(), bounds, () -> relieved.accept(made[0]));
        return made[0];
    }

    /** Removes a listener. Returns whether it was the loop's last one. */
    boolean leave(ContextInternal context, ListenerLoop listenerLoop) {
        var last = listenerLoop.listeners(-1) == 0;
        if (last) {
            byKey.remove(key(context), listenerLoop);
        }
        return last;
    }

    Collection<ListenerLoop> all() {
        return List.copyOf(byKey.values());
    }
}
