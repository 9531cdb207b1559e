package dev.busbar.cluster;

import dev.busbar.config.ClusterConfig;
import dev.busbar.config.MemberAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import java.util.List;

/** Finds out why a node with configured members is alone: they are down, unreachable, or in another cluster. */
public final class PeerCheck {

    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

    private PeerCheck() {}

    /** Returns a line for each configured member; none if this node is not alone, or no members are configured. */
    public static Future<List<String>> missing(Vertx vertx, ClusterConfig config) {
        var membership = Membership.of(vertx);
        if (membership == null || membership.size() > 1) {
            return Future.succeededFuture(List.of());
        }
        var client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS));
        var checks = config.members().stream()
                .map(member -> member.port() == null ? new MemberAddress(member.host(), config.port()) : member)
                .filter(member -> !isSelf(member, config))
                .map(member -> client.connect(member.port(), member.host())
                        .compose(socket -> socket.close()
                                .map(member + " answers, but is not a member of this cluster:"
                                        + " compare cluster.name and cluster.manager on both nodes"))
                        .otherwise(failure ->
                                member + " is down or cannot be reached: this node is the first, or cut off"))
                .toList();
        return Future.all(checks).map(all -> all.<String>list()).eventually(client::close);
    }

    private static boolean isSelf(MemberAddress member, ClusterConfig config) {
        return member.port() == 0
                || member.port().equals(config.port())
                        && (member.host().equals(config.host()) || member.host().equals(config.publicHost()));
    }
}
