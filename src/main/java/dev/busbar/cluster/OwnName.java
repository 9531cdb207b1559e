package dev.busbar.cluster;

import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/** That no other node is called as this one, where its queues are named after it. Thread-safe. */
final class OwnName {

    private static final Logger LOG = CleanLogger.of(OwnName.class);
    private static final int LOOKS = 10;

    private final Node node;
    private final Members members;
    private final Set<String> namesakes = ConcurrentHashMap.newKeySet();
    private volatile String needed;

    OwnName(Node node, Members members) {
        this.node = node;
        this.members = members;
    }

    /** As {@link Membership#requireOwnName}. */
    Future<Void> require(String why) {
        needed = why;
        return look(why, LOOKS);
    }

    private Future<Void> look(String why, int looks) {
        return members.all().compose(all -> {
            var namesake = all.stream()
                    .filter(member -> !node.id().equals(member.getString("id")))
                    .filter(member -> node.name().equals(member.getString("name")) && member.containsKey("since"))
                    .findFirst();
            if (namesake.isPresent()) {
                return Future.failedFuture(
                        new ClusterException(shared(namesake.get().getString("host"), why), null));
            }
            var silent = all.stream().anyMatch(Members::isSilent);
            return silent && looks > 1 ? look(why, looks - 1) : Future.succeededFuture();
        });
    }

    /** Tells of a namesake that came later, once. */
    void heard(Announcement news) {
        if (needed != null && news.name().equals(node.name()) && !news.leaving() && namesakes.add(news.id())) {
            LOG.error(shared(news.id(), needed));
        }
    }

    private String shared(String where, String why) {
        return "cluster.node = " + node.name() + ": the node at " + where + " is called so too, and " + why
                + ". Give each node a name of its own";
    }
}
