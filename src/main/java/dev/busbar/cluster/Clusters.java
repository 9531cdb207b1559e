package dev.busbar.cluster;

import dev.busbar.config.ClusterConfig;
import dev.busbar.config.ClusterManagerChoice;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.spi.cluster.ClusterManager;
import java.util.Locale;

/** Starts Vert.x as a node of a cluster. */
public final class Clusters {

    private Clusters() {}

    /**
     * Starts Vert.x as a node of the cluster that the configuration describes. Must not be called on an event loop,
     * because some cluster managers block in their constructors.
     *
     * @param options the event bus options in it are replaced by those of the configuration
     * @return a Vert.x that leaves the cluster when it is closed; fails with a {@link ClusterException}
     */
    public static Future<Vertx> start(VertxOptions options, ClusterConfig config) {
        try {
            var manager = manager(config);
            return Vertx.builder()
                    .with(new VertxOptions(options).setEventBusOptions(bus(config)))
                    .withClusterManager(manager)
                    .buildClustered()
                    .recover(failure -> Future.failedFuture(ClusterErrors.translate(failure, config)));
        } catch (RuntimeException e) {
            return Future.failedFuture(ClusterErrors.translate(e, config));
        }
    }

    private static EventBusOptions bus(ClusterConfig config) {
        var bus = config.eventBus();
        var options = new EventBusOptions().setHost(bus.host()).setPort(bus.port());
        if (bus.publicHost() != null) {
            options.setClusterPublicHost(bus.publicHost());
        }
        if (bus.publicPort() != null) {
            options.setClusterPublicPort(bus.publicPort());
        }
        return options;
    }

    private static ClusterManager manager(ClusterConfig config) {
        return switch (choice(config)) {
            case HAZELCAST -> HazelcastNode.manager(config);
            case INFINISPAN -> InfinispanNode.manager(config);
        };
    }

    /** Chooses the configured cluster manager, or the first that the class path has, without loading its classes. */
    private static ClusterManagerChoice choice(ClusterConfig config) {
        var configured = config.manager();
        for (var choice : ClusterManagerChoice.values()) {
            if ((configured == null || configured == choice) && isPresent(choice)) {
                return choice;
            }
        }
        throw new ClusterException(
                (configured == null
                                ? "no cluster manager is on the class path: add io.vertx:vertx-hazelcast, which"
                                        + " busbar.jar contains"
                                : "cluster.manager = " + name(configured)
                                        + ": it is not on the class path: add io.vertx:vertx-" + name(configured))
                        + " (cluster.md says how), or run without a cluster",
                null);
    }

    private static boolean isPresent(ClusterManagerChoice choice) {
        try {
            Class.forName(
                    switch (choice) {
                        case HAZELCAST -> "io.vertx.spi.cluster.hazelcast.HazelcastClusterManager";
                        case INFINISPAN -> "io.vertx.ext.cluster.infinispan.InfinispanClusterManager";
                    },
                    false,
                    Clusters.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static String name(ClusterManagerChoice choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
