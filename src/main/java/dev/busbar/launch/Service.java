package dev.busbar.launch;

import dev.busbar.broker.BrokerProvider;
import dev.busbar.broker.Brokers;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.BusbarConfig;
import dev.busbar.hub.Hub;
import dev.busbar.mq.MessageQueue;
import dev.busbar.mq.MessageQueueControl;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.wamp.WampServer;
import dev.busbar.web.BridgePhase;
import dev.busbar.web.ManagementServer;
import dev.busbar.web.Mount;
import dev.busbar.web.WebServer;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Starts all that {@code run} needs: the embedded broker, the management port, the bridge, and Busbar's HTTP port.
 * Stops in the reverse order what has been started, also if a later part cannot start. Started and stopped from the
 * main thread.
 */
final class Service {

    private final Vertx vertx;
    private final BusbarConfig config;
    private final Deque<Supplier<Future<?>>> stopActions = new ArrayDeque<>();
    /** The start of broker and management port. A stop waits for it, for it cannot be interrupted half way. */
    private volatile Future<?> opening = Future.succeededFuture();

    private volatile boolean stopping;
    private BrokerProvider.Lease lease;
    private ManagementServer management;
    private WebServer webServer;
    private WampServer wamp;

    Service(Vertx vertx, BusbarConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /**
     * Starts everything.
     *
     * @param instances the number of instances of the bridge
     * @param beforeBridge runs once the broker is up and before the first message can arrive
     * @param demo a verticle that is deployed last, or {@code null}
     * @return fails if any part cannot start; {@link #stop} then stops the others
     */
    Future<Void> start(int instances, Runnable beforeBridge, Deployable demo) {
        var options = new DeploymentOptions().setInstances(instances);
        opening = Future.join(leaseBroker(), startManagement());
        return opening.compose(ignored -> {
                    if (stopping) {
                        return Future.failedFuture("stopped before everything was up");
                    }
                    beforeBridge.run();
                    return deploy(() -> vertx.deployVerticle(() -> new BridgeVerticle(config), options));
                })
                .compose(ignored -> startSubscriptions())
                .compose(ignored -> {
                    phase(BridgePhase.RUNNING);
                    return demo == null ? Future.succeededFuture() : deploy(() -> vertx.deployVerticle(demo));
                })
                .mapEmpty();
    }

    /**
     * Acquires the broker, which tells its address and keeps an embedded one running until the last part has stopped.
     */
    private Future<Void> leaseBroker() {
        if (!usesTopLevelBroker(config)) {
            return Future.succeededFuture();
        }
        return Brokers.lease(vertx, config.broker()).map(leased -> {
            if (leased != null) {
                lease = leased;
                onStop(leased::release);
            }
            return null;
        });
    }

    private Future<Void> startManagement() {
        if (!config.management().enabled()) {
            return Future.succeededFuture();
        }
        return ManagementServer.start(vertx, config).map(server -> {
            management = server;
            onStop(server::close);
            return null;
        });
    }

    private Future<Void> startSubscriptions() {
        if (!hasSubscriptions(config)) {
            return Future.succeededFuture();
        }
        var control = config.subscriptions().control().enabled();
        return Hub.open(vertx, config).compose(hub -> {
            onStop(hub::close);
            if (management != null) {
                management.watch(hub);
            }
            return (control ? startControl(hub) : Future.<Void>succeededFuture())
                    .compose(ignored -> servesWeb(config) ? startWeb(hub) : Future.succeededFuture());
        });
    }

    /** Returns whether browsers, Buildbot masters or programs can subscribe. */
    static boolean hasSubscriptions(BusbarConfig config) {
        return servesWeb(config) || config.subscriptions().control().enabled();
    }

    /** Returns whether anything uses the top-level broker; the named ones are for routes alone. */
    static boolean usesTopLevelBroker(BusbarConfig config) {
        return config.usesTopLevelBroker() || hasSubscriptions(config);
    }

    /** Returns whether the web port is opened. While no role permits anything, it would serve nothing. */
    private static boolean servesWeb(BusbarConfig config) {
        return config.web().enabled() && !config.web().roles().isEmpty();
    }

    private Future<Void> startControl(Hub hub) {
        var queue = MessageQueue.over(hub);
        return deploy(() -> vertx.deployVerticle(new MessageQueueControl(queue, config)))
                .mapEmpty();
    }

    private Future<Void> startWeb(Hub hub) {
        return mounts(hub)
                .compose(mounts -> WebServer.start(vertx, config.web(), hub, mounts))
                .map(server -> {
                    webServer = server;
                    onStop(server::close);
                    if (wamp != null) {
                        onStop(this::announceStopToMasters);
                    }
                    if (management != null) {
                        management.watch(server.browsers());
                    }
                    return null;
                });
    }

    private Future<List<Mount>> mounts(Hub hub) {
        if (!config.wamp().enabled()) {
            return Future.succeededFuture(List.of());
        }
        return WampServer.start(vertx, config, hub).map(started -> {
            wamp = started;
            if (management != null) {
                management.watch(wamp.metrics());
            }
            var longest = WampServer.maxReadBytes(config);
            return List.of(new Mount("/wamp", WampServer.SUBPROTOCOL, longest, wamp::handler));
        });
    }

    private Future<Void> announceStopToMasters() {
        wamp.stopping();
        return Future.succeededFuture();
    }

    private Future<String> deploy(Supplier<Future<String>> deployment) {
        return deployment.get().onSuccess(id -> onStop(() -> vertx.undeploy(id)));
    }

    private synchronized void onStop(Supplier<Future<?>> action) {
        stopActions.push(action);
    }

    private synchronized Supplier<Future<?>> nextStopAction() {
        return stopActions.poll();
    }

    /** Stops everything, the last started first, and goes on when a part fails to stop. Leaves Vert.x itself open. */
    Future<Void> stop() {
        stopping = true;
        phase(BridgePhase.STOPPING);
        return opening.transform(ignored -> stopNext());
    }

    private Future<Void> stopNext() {
        var next = nextStopAction();
        return next == null ? Future.succeededFuture() : next.get().transform(ignored -> stopNext());
    }

    private void phase(BridgePhase phase) {
        if (management != null) {
            management.phase(phase);
        }
    }

    /** Returns the members of the cluster, in lines for the banner; none without a cluster. */
    Future<List<String>> clusterLines() {
        return vertx.isClustered() ? ClusterLines.of(vertx, config.cluster()) : Future.succeededFuture(List.of());
    }

    /** Returns the addresses of the broker, once started. */
    List<BrokerUri> uris() {
        return lease == null ? config.broker().uris() : lease.uris();
    }

    /** Returns what the operator should know about the broker, a line each. */
    List<String> notices() {
        return lease == null ? List.of() : lease.notices();
    }

    /** Returns the URL of the management port; {@code null} if it is off. */
    String managementUrl() {
        return management == null ? null : management.url();
    }

    /** Returns the URL of Busbar's HTTP port; {@code null} if it is off. */
    String webUrl() {
        return webServer == null ? null : webServer.url();
    }
}
