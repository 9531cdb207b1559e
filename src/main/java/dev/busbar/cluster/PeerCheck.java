package dev.busbar.cluster;

import dev.busbar.config.ClusterConfig;
import dev.busbar.config.MemberAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import java.util.List;

/** Why a node that was told of others is alone: none is up yet, none can be reached, or they are of another cluster. */
public final class PeerCheck {

    private static final int PATIENCE_MILLIS = 1_000;

    private PeerCheck() {}

    /** @return what an operator should know, nothing if this node is not alone or has not been told of others */
    public static Future<List<String>> missing(Vertx vertx, ClusterConfig config) {
        var membership = Membership.of(vertx);
        if (membership == null || membership.size() > 1) {
            return Future.succeededFuture(List.of());
        }
        var client = vertx.createNetClient(new NetClientOptions().setConnectTimeout(PATIENCE_MILLIS));
        var looks = config.members().stream()
                .map(member -> member.port() == null ? new MemberAddress(member.host(), config.port()) : member)
                .filter(member -> !isSelf(member, config))
                .map(member -> client.connect(member.port(), member.host())
                        .compose(socket -> socket.close()
                                .map(member + " answers, and is no member of this cluster:"
                                        + " compare cluster.name and cluster.manager on both"))
                        .otherwise(failure ->
                                member + " is not up, or cannot be reached: this node is the first, or alone"))
                .toList();
        return Future.all(looks).map(all -> all.<String>list()).eventually(client::close);
    }

    private static boolean isSelf(MemberAddress member, ClusterConfig config) {
        return member.port() == 0
                || member.port().equals(config.port())
                        && (member.host().equals(config.host()) || member.host().equals(config.publicHost()));
    }
}
