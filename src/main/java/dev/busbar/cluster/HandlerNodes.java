package dev.busbar.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks the cluster manager which nodes have a handler at an event bus address. */
public final class HandlerNodes {

    /** Cluster managers answer late while a node is unreachable. */
    private static final long TIMEOUT_SECONDS = 30;

    private HandlerNodes() {}

    /**
     * Returns the ids of all nodes with a handler at the address that other nodes can reach, sorted. Must be called on
     * an event loop of a clustered Vert.x; the future completes there.
     *
     * @return fails if the cluster manager does not answer in time, or this node has left the cluster
     */
    public static Future<List<String>> of(Vertx vertx, String address) {
        var internal = (VertxInternal) vertx;
        var registered = internal.getOrCreateContext().<List<RegistrationInfo>>promise();
        try {
            internal.clusterManager().getRegistrations(address, registered);
        } catch (RuntimeException left) {
            return Future.failedFuture(left);
        }
        return registered
                .future()
                .timeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .map(all -> all.stream()
                        .filter(registration -> !registration.localOnly())
                        .map(RegistrationInfo::nodeId)
                        .distinct()
                        .sorted()
                        .toList());
    }
}
