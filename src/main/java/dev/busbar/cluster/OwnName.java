package dev.busbar.cluster;

import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;

/** Checks that no other node has the name of this one, if queues are named after the node. Thread-safe. */
final class OwnName {

    private static final Logger LOG = CleanLogger.of(OwnName.class);
    private static final int MAX_ATTEMPTS = 10;

    private final Node node;
    private final Members members;
    private final Set<String> namesakes = ConcurrentHashMap.newKeySet();
    /** Why the name must be unique; {@code null} if it need not be. */
    private volatile String reason;

    OwnName(Node node, Members members) {
        this.node = node;
        this.members = members;
    }

    /** As {@link Membership#requireOwnName}. */
    Future<Void> require(String why) {
        reason = why;
        return check(why, MAX_ATTEMPTS);
    }

    private Future<Void> check(String why, int attemptsLeft) {
        return members.all().compose(all -> {
            var namesake = all.stream()
                    .filter(member -> !node.id().equals(member.getString("id")))
                    .filter(member -> node.name().equals(member.getString("name")) && member.containsKey("since"))
                    .findFirst();
            if (namesake.isPresent()) {
                return Future.failedFuture(
                        new ClusterException(describe(namesake.get().getString("host"), why), null));
            }
            var silent = all.stream().anyMatch(Members::isSilent);
            return silent && attemptsLeft > 1 ? check(why, attemptsLeft - 1) : Future.succeededFuture();
        });
    }

    /** Logs an error, once, if the announcement is of another node with this name. */
    void check(Announcement news) {
        if (reason != null && news.name().equals(node.name()) && !news.leaving() && namesakes.add(news.id())) {
            LOG.error(describe(news.id(), reason));
        }
    }

    private String describe(String where, String why) {
        return "cluster.node = " + node.name() + ": the node at " + where + " has the same name, and " + why
                + ". Give each node a name of its own";
    }
}
