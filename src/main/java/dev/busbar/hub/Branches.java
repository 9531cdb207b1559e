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
final class Branches {

    private final HandOverConfig bounds;
    private final Consumer<Branch> relieved;
    private final Map<Object, Branch> branches = new HashMap<>();

    /** @param relieved told, from any thread, of a branch that keeps up again */
    Branches(HandOverConfig bounds, Consumer<Branch> relieved) {
        this.bounds = bounds;
        this.relieved = relieved;
    }

    private static Object place(ContextInternal context) {
        return context.isEventLoopContext() ? context.nettyEventLoop() : context.unwrap();
    }

    /** The branch for one more listener. */
    Branch join(ContextInternal context) {
        var branch = branches.computeIfAbsent(place(context), place -> create(context));
        branch.listeners(1);
        return branch;
    }

    private Branch create(ContextInternal context) {
        var made = new Branch[1];
        // Known to itself only once made; nobody is relieved before.
        made[0] = new Branch(context.unwrap(), bounds, () -> relieved.accept(made[0]));
        return made[0];
    }

    /** @return whether its last listener has left */
    boolean leave(ContextInternal context, Branch branch) {
        var last = branch.listeners(-1) == 0;
        if (last) {
            branches.remove(place(context), branch);
        }
        return last;
    }

    Collection<Branch> all() {
        return List.copyOf(branches.values());
    }
}
