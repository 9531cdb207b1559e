package dev.busbar.launch;

import dev.busbar.cluster.Membership;
import dev.busbar.cluster.PeerCheck;
import dev.busbar.config.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Describes the cluster in lines for the banner of a node that has come up. */
final class ClusterLines {

    private ClusterLines() {}

    /** Returns the name and size of the cluster, a line for each member, and why expected members are missing. */
    static Future<List<String>> of(Vertx vertx, ClusterConfig config) {
        return Membership.of(vertx)
                .view()
                .compose(view -> PeerCheck.missing(vertx, config).map(missing -> {
                    var lines = new ArrayList<String>();
                    var members = view.getJsonArray("members");
                    lines.add((config.file() == null ? config.name() : config.file()) + ", "
                            + (members.size() == 1 ? "1 node" : members.size() + " nodes"));
                    members.forEach(member -> lines.add(line((JsonObject) member)));
                    lines.addAll(missing);
                    return lines;
                }));
    }

    private static String line(JsonObject member) {
        var name = member.getString("name", member.getString("id"));
        if (member.getString("host") == null) {
            return name + ": runs no routes, or does not answer";
        }
        return name + " at " + member.getString("host") + (member.getBoolean("self") ? " (this node)" : "");
    }
}
