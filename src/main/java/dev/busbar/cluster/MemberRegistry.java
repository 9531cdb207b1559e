package dev.busbar.cluster;

import dev.busbar.log.CleanLogger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;

/** Remembers what every node has announced, for as long as the cluster manager counts the node. Thread-safe. */
final class MemberRegistry {

    /**
     * A node that is no longer a member.
     *
     * @param left whether it has announced that it leaves
     */
    record Gone(String name, Instant at, boolean left) {}

    private record NodeClaim(String nodeId, Claim claim) {}

    private static final Logger LOG = CleanLogger.of(MemberRegistry.class);
    private static final int MAX_GONE = 16;

    private final Map<String, Announcement> announced = new HashMap<>();
    private final ArrayDeque<Gone> gone = new ArrayDeque<>();

    /** Records an announcement, which replaces the earlier ones of the same node. */
    synchronized void add(Announcement news) {
        var previous = announced.put(news.id(), news);
        if (previous == null) {
            LOG.info("cluster: node '{}' has joined", news.name());
            gone.removeIf(node -> node.name().equals(news.name()));
        }
    }

    /** Forgets all nodes but those that the cluster manager counts, given by their ids. */
    synchronized void retain(Collection<String> present) {
        for (var known : List.copyOf(announced.values())) {
            if (!present.contains(known.id())) {
                announced.remove(known.id());
                addGone(known, present.size());
            }
        }
    }

    private void addGone(Announcement last, int remaining) {
        if (last.leaving()) {
            LOG.info("cluster: node '{}' has left; {}", last.name(), describe(remaining));
        } else {
            LOG.warn("cluster: node '{}' is dead or cut off; {}", last.name(), describe(remaining));
        }
        if (gone.size() == MAX_GONE) {
            gone.poll();
        }
        gone.add(new Gone(last.name(), Instant.now(), last.leaving()));
    }

    private static String describe(int remainingNodes) {
        return remainingNodes == 1 ? "only this node is left" : remainingNodes + " nodes are left";
    }

    /** Returns the name of a node; {@code null} if the node has announced nothing. */
    synchronized String name(String id) {
        return announced.containsKey(id) ? announced.get(id).name() : null;
    }

    /** Returns the last {@value #MAX_GONE} nodes that are gone, the earliest first. */
    synchronized List<Gone> gone() {
        return List.copyOf(gone);
    }

    /** Returns the id of the node on which the route is active; {@code null} if no node is known to consume it. */
    synchronized String active(String route) {
        return announced.values().stream()
                .flatMap(node -> node.claims().stream()
                        .filter(claim -> claim.route().equals(route))
                        .map(claim -> new NodeClaim(node.id(), claim)))
                .max(Comparator.comparing(NodeClaim::claim, Claim.ACTIVE_LAST).thenComparing(NodeClaim::nodeId))
                .map(NodeClaim::nodeId)
                .orElse(null);
    }
}
