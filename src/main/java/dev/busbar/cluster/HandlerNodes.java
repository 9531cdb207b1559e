package dev.busbar.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks the cluster manager which nodes have a handler at an event bus address. */
public final class HandlerNodes {

    /** A cluster manager may take its time, most of all while a node is away. */
    private static final long PATIENCE_SECONDS = 30;

    private HandlerNodes() {}

    /**
     * To be called on an event loop, of a clustered Vert.x.
     *
     * @return the ids of all nodes that have a handler for others to ask, in a lasting order; fails if the cluster does
     *     not say in time, or this node has left it
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
                .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .map(all -> all.stream()
                        .filter(registration -> !registration.localOnly())
                        .map(RegistrationInfo::nodeId)
                        .distinct()
                        .sorted()
                        .toList());
    }
}
