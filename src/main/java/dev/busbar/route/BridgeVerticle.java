package dev.busbar.route;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerProvider;
import dev.busbar.broker.Brokers;
import dev.busbar.cluster.ClusterException;
import dev.busbar.cluster.Membership;
import dev.busbar.cluster.Node;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.InvalidConfigException;
import dev.busbar.verticle.InterruptibleStart;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.shareddata.Shareable;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the routes of a configuration. Deploy it with the configuration as its config, the same keys as in a file:
 *
 * <pre>{@code
 * vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config).setInstances(2));
 * }</pre>
 *
 * or as {@code new BridgeVerticle(config)}, one instance. Several instances share the work over as many event loops,
 * with the same guarantees: routes whose order or number of deliveries would suffer run in one of them. The deployment
 * completes when every route works; it fails, with a message for a person, with an {@link InvalidConfigException}, a
 * {@link BrokerException}, a {@link ClusterException} or a {@link RouteException}. Undeploying is a clean stop.
 *
 * <p>In a clustered Vert.x, deploy it on each node that is to run the routes: their scopes say which of the nodes get a
 * message.
 *
 * <p>Deploy it on event loops, the default threading model. {@link BridgeStatus} tells how the routes are.
 */
public final class BridgeVerticle extends VerticleBase {

    /** How long a stop waits for handlers and buffers; closing connections that do not answer takes up to 5 s more. */
    private static final Duration STOP_DEADLINE = Duration.ofSeconds(8);

    private static final String INSTANCES = "dev.busbar.instances";

    private final BusbarConfig given;
    private BrokerProvider.Lease lease;
    private Membership membership;
    private Bridge bridge;

    /** Takes the configuration from the deployment's options. */
    public BridgeVerticle() {
        this(null);
    }

    /**
     * Takes a configuration that has been read already.
     *
     * @param config used instead of that of the deployment's options
     */
    public BridgeVerticle(BusbarConfig config) {
        this.given = config;
    }

    @Override
    public Future<?> start() {
        if (!context.isEventLoopContext()) {
            throw new IllegalStateException("deploy BridgeVerticle on event loops: leave the threading model as it is");
        }
        var config = given != null ? given : ConfigLoader.fromJson(config());
        if (config.cluster().enabled() && !vertx.isClustered()) {
            throw new IllegalArgumentException("cluster.enabled: this Vert.x is not clustered. Build it with"
                    + " Vertx.builder().buildClustered() or run Busbar with --cluster, or set it to false");
        }
        return InterruptibleStart.of(context, run(vertx.isClustered() ? config.clustered() : config));
    }

    private Future<?> run(BusbarConfig config) {
        var node = Node.of(vertx, config.cluster());
        var assignment = share(node);
        return Membership.join(vertx, node, () -> MemberReport.routes(vertx))
                .compose(joined -> {
                    membership = joined;
                    return requireOwnName(node, config);
                })
                .compose(ignored -> config.usesTopLevelBroker()
                        ? resolve(config.broker())
                        : Future.succeededFuture(config.broker()))
                .compose(broker -> {
                    bridge = new Bridge(vertx, context, assignment, membership, config, broker);
                    return bridge.start();
                })
                .compose(ignored -> ((ContextInternal) context).closeFuture().isClosed()
                        ? Future.failedFuture("undeployed before it was up")
                        : Future.succeededFuture())
                .recover(failure -> stop().transform(ignored -> Future.failedFuture(failure)));
    }

    /** Fails if two nodes of one name would share a queue, or a position in a stream, that each is to have alone. */
    private Future<Void> requireOwnName(Node node, BusbarConfig config) {
        return config.routes().stream()
                .filter(route -> node.isClustered()
                        && route instanceof InboundRoute in
                        && (in.queue().outlivesConnection() || in.queue().isShared())
                        && (in.queue().isNamedByNode() || KeptPosition.topology(in, node) != null))
                .findFirst()
                .map(route -> membership.requireOwnName(
                        "route '" + route.name() + "' names a queue, or its position in a stream, after the node"))
                .orElseGet(Future::succeededFuture);
    }

    private InstanceAssignment share(Node node) {
        Map<String, AtomicCount> counts = vertx.sharedData().getLocalMap(INSTANCES);
        var index =
                counts.computeIfAbsent(deploymentID(), id -> new AtomicCount()).next();
        return new InstanceAssignment(index, Math.max(1, context.getInstanceCount()), deploymentID(), node);
    }

    private Future<BrokerConfig> resolve(BrokerConfig broker) {
        return Brokers.lease(vertx, broker).map(leased -> {
            lease = leased;
            return leased == null ? broker : broker.at(leased.uris());
        });
    }

    @Override
    public Future<?> stop() {
        return (bridge == null ? Future.<Void>succeededFuture() : bridge.stop(STOP_DEADLINE))
                .eventually(() -> {
                    vertx.sharedData().getLocalMap(INSTANCES).remove(deploymentID());
                    return lease == null ? Future.succeededFuture() : lease.release();
                })
                .eventually(() -> membership == null ? Future.succeededFuture() : membership.leave());
    }

    private static final class AtomicCount extends AtomicInteger implements Shareable {

        private static final long serialVersionUID = 1;

        int next() {
            return getAndIncrement();
        }
    }
}
