package dev.busbar.cluster;

import dev.busbar.config.ClusterConfig;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;

/**
 * Identifies this node.
 *
 * @param id the id that the cluster manager gives it, another one after each start; {@code null} without a cluster
 * @param name the name for people and for the names of queues, from {@code cluster.node} or else the host; {@code null}
 *     if neither has one
 */
public record Node(String id, String name) {

    /** Returns the node that this Vert.x is. */
    public static Node of(Vertx vertx, ClusterConfig config) {
        var id = vertx.isClustered() ? ((VertxInternal) vertx).clusterManager().getNodeId() : null;
        return new Node(id, config.node() != null ? config.node() : HostName.get());
    }

    public boolean isClustered() {
        return id != null;
    }
}
