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

/** The other nodes, by what they have announced, as long as the cluster manager counts them. Thread-safe. */
final class MemberRegistry {

    /** A node that is not there any more. */
    record Gone(String name, Instant at, boolean left) {}

    /** The active one of several claims. */
    private record Held(String name, String id, Claim claim) {}

    private static final Logger LOG = CleanLogger.of(MemberRegistry.class);
    private static final int MAX_GONE = 16;

    private final Map<String, Announcement> announced = new HashMap<>();
    private final ArrayDeque<Gone> gone = new ArrayDeque<>();

    synchronized void heard(Announcement news) {
        var known = announced.put(news.id(), news);
        if (known == null) {
            LOG.info("cluster: node '{}' is there", news.name());
            gone.removeIf(it -> it.name().equals(news.name()));
        }
    }

    /** @param present the ids of all nodes that the cluster manager counts */
    synchronized void present(Collection<String> present) {
        for (var known : List.copyOf(announced.values())) {
            if (!present.contains(known.id())) {
                announced.remove(known.id());
                remember(known, present.size());
            }
        }
    }

    private void remember(Announcement last, int left) {
        if (last.leaving()) {
            LOG.info("cluster: node '{}' has left; {} there", last.name(), count(left));
        } else {
            LOG.warn("cluster: node '{}' is gone, dead or cut off; {} there", last.name(), count(left));
        }
        if (gone.size() == MAX_GONE) {
            gone.poll();
        }
        gone.add(new Gone(last.name(), Instant.now(), last.leaving()));
    }

    private static String count(int nodes) {
        return nodes == 1 ? "this one alone is" : nodes + " nodes are";
    }

    /** {@code null} if it has announced nothing. */
    synchronized String name(String id) {
        return announced.containsKey(id) ? announced.get(id).name() : null;
    }

    synchronized List<Gone> gone() {
        return List.copyOf(gone);
    }

    /** The id of the node that is active; {@code null} if none is known to consume. */
    synchronized String active(String route) {
        return announced.values().stream()
                .flatMap(node -> node.claims().stream()
                        .filter(claim -> claim.route().equals(route))
                        .map(claim -> new Held(node.name(), node.id(), claim)))
                .max(Comparator.comparing(Held::claim, Claim.BY_TURN).thenComparing(Held::id))
                .map(Held::id)
                .orElse(null);
    }
}
