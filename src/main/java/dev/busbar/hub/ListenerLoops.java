package dev.busbar.hub;

import dev.busbar.config.HandOverConfig;
import io.vertx.core.internal.ContextInternal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The branches that have listeners, by event loop, or by context where that is none. Confined to the hub's event loop.
 */
final class ListenerLoops {

    private final HandOverConfig bounds;
    private final Consumer<ListenerLoop> relieved;
    private final Map<Object, ListenerLoop> branches = new HashMap<>();

    /** @param relieved told, from any thread, of a branch that keeps up again */
    ListenerLoops(HandOverConfig bounds, Consumer<ListenerLoop> relieved) {
        this.bounds = bounds;
        this.relieved = relieved;
    }

    private static Object place(ContextInternal context) {
        return context.isEventLoopContext() ? context.nettyEventLoop() : context.unwrap();
    }

    /** The branch for one more listener. */
    ListenerLoop join(ContextInternal context) {
        var listenerLoop = branches.computeIfAbsent(place(context), place -> create(context));
        listenerLoop.listeners(1);
        return listenerLoop;
    }

    private ListenerLoop create(ContextInternal context) {
        var made = new ListenerLoop[1];
        // Known to itself only once made; nobody is relieved before.
        made[0] = new ListenerLoop(context.unwrap(), bounds, () -> relieved.accept(made[0]));
        return made[0];
    }

    /** @return whether its last listener has left */
    boolean leave(ContextInternal context, ListenerLoop listenerLoop) {
        var last = listenerLoop.listeners(-1) == 0;
        if (last) {
            branches.remove(place(context), listenerLoop);
        }
        return last;
    }

    Collection<ListenerLoop> all() {
        return List.copyOf(branches.values());
    }
}
