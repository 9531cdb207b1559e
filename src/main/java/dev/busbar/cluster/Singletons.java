package dev.busbar.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * This node's part in the routes that are active on one node only, and who is active. The broker decides; it tells
 * nobody, so that it is known by the messages it gives, and before the first by who has waited longest. Thread-safe.
 */
public final class Singletons {

    private final Node node;
    private final MemberRegistry registry;
    private final Runnable changed;
    private final Map<String, Claim> own = new ConcurrentHashMap<>();

    /** @param changed told after each change of this node's part */
    Singletons(Node node, MemberRegistry registry, Runnable changed) {
        this.node = node;
        this.registry = registry;
        this.changed = changed;
    }

    List<Claim> own() {
        return List.copyOf(own.values());
    }

    /** Its consumer has begun on the broker. */
    public void began(String route) {
        own.putIfAbsent(route, new Claim(route, System.currentTimeMillis(), 0));
        changed.run();
    }

    /** The broker has given it a message, perhaps before it was known to have begun. */
    public void received(String route) {
        var known = own.get(route);
        if (known == null || known.proven() == 0) {
            var now = System.currentTimeMillis();
            own.put(route, new Claim(route, known == null ? now : known.since(), now));
            changed.run();
        }
    }

    /** Its consumer is there no more. */
    public void ended(String route) {
        if (own.remove(route) != null) {
            changed.run();
        }
    }

    /** The name of the node that is active, as far as is known here; {@code null} if it is this one, or nobody. */
    public String activeElsewhere(String route) {
        var active = registry.active(route);
        return active == null || active.equals(node.id()) ? null : registry.name(active);
    }
}
