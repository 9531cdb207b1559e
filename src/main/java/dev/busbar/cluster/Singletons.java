package dev.busbar.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tracks on which node each route of scope {@code singleton} is active. The broker chooses the active consumer and
 * tells nobody. So the consumer that has got a message last counts as active, and before the first message the one that
 * has waited longest. Thread-safe.
 */
public final class Singletons {

    private final Node node;
    private final MemberRegistry registry;
    private final Runnable changed;
    private final Map<String, Claim> own = new ConcurrentHashMap<>();

    /** @param changed runs after each change of this node's claims */
    Singletons(Node node, MemberRegistry registry, Runnable changed) {
        this.node = node;
        this.registry = registry;
        this.changed = changed;
    }

    /** Returns the claims of this node. */
    List<Claim> own() {
        return List.copyOf(own.values());
    }

    /** Records that the broker has accepted the route's consumer of this node. */
    public void began(String route) {
        own.putIfAbsent(route, new Claim(route, System.currentTimeMillis(), 0));
        changed.run();
    }

    /** Records that the broker has delivered a message to this node, perhaps before {@link #began} was called. */
    public void received(String route) {
        var known = own.get(route);
        if (known == null || known.proven() == 0) {
            var now = System.currentTimeMillis();
            own.put(route, new Claim(route, known == null ? now : known.since(), now));
            changed.run();
        }
    }

    /** Records that the route's consumer of this node is gone. */
    public void ended(String route) {
        if (own.remove(route) != null) {
            changed.run();
        }
    }

    /** Returns the name of the node where the route is active; {@code null} if that is this node, or unknown. */
    public String activeElsewhere(String route) {
        var active = registry.active(route);
        return active == null || active.equals(node.id()) ? null : registry.name(active);
    }
}
