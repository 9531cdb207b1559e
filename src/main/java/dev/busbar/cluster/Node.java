package dev.busbar.cluster;

import dev.busbar.config.ClusterConfig;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;

/**
 * This node.
 *
 * @param id what the cluster manager calls it, in one life; {@code null} where there is no cluster
 * @param name what it is called by people and in the names of queues; {@code null} if neither the configuration nor the
 *     host says so
 */
public record Node(String id, String name) {

    public static Node of(Vertx vertx, ClusterConfig config) {
        var id = vertx.isClustered() ? ((VertxInternal) vertx).clusterManager().getNodeId() : null;
        return new Node(id, config.node() != null ? config.node() : HostName.get());
    }

    public boolean isClustered() {
        return id != null;
    }
}
