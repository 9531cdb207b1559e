package dev.busbar.launch;

import dev.busbar.cluster.Clusters;
import dev.busbar.config.ClusterConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

/** The Vert.x instances commands run on. Without its cache of files, which nothing here needs and which takes time. */
final class Runtimes {

    private Runtimes() {}

    /** Not from an event loop. A node of the cluster, if there is to be one. */
    static Future<Vertx> forService(ClusterConfig cluster) {
        return cluster.enabled() ? Clusters.start(options(), cluster) : Future.succeededFuture(Vertx.vertx(options()));
    }

    /** For one connection. */
    static Vertx small() {
        return Vertx.vertx(options().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    }

    private static VertxOptions options() {
        return new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }
}
