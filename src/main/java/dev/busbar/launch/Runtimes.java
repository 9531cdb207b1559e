package dev.busbar.launch;

import dev.busbar.cluster.Clusters;
import dev.busbar.config.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/**
 * Creates the Vert.x instances of commands. Vert.x's file cache is off: nothing needs it, and setting it up takes time.
 */
final class Runtimes {

    private Runtimes() {}

    /**
     * Starts the Vert.x of {@code run}, as a node of the cluster if that is enabled. Must not be called on an event
     * loop.
     */
    static Future<Vertx> forService(ClusterConfig cluster) {
        return cluster.enabled() ? Clusters.start(options(), cluster) : Future.succeededFuture(Vertx.vertx(options()));
    }

    /** Creates a Vert.x with a single event loop, for a command with one connection. */
    static Vertx singleLoop() {
        return Vertx.vertx(options().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }
}
