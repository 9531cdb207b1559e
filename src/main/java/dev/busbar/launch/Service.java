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
 * Everything {@code run} starts: the broker if it is ours, the management port, the bridge, the port for browsers. What
 * has been started is stopped in the reverse order, also when the rest cannot start.
 */
final class Service {

    private final Vertx vertx;
    private final BusbarConfig config;
    private final Deque<Supplier<Future<?>>> endings = new ArrayDeque<>();
    /** What cannot be broken off without a mess: the broker, if it is ours, would be half started. */
    private volatile Future<?> opening = Future.succeededFuture();

    private volatile boolean stopping;
    private BrokerProvider.Lease lease;
    private ManagementServer management;
    private WebServer browsers;
    private WampServer wamp;

    Service(Vertx vertx, BusbarConfig config) {
        this.vertx = vertx;
        this.config = config;
    }

    /**
     * @param instances of the bridge
     * @param before consumers and the like that must not miss the first message; run when the broker is up
     * @param demo deployed last, or {@code null}
     */
    Future<Void> start(int instances, Runnable before, Deployable demo) {
        var options = new DeploymentOptions().setInstances(instances);
        opening = Future.join(leaseBroker(), listen());
        return opening.compose(ignored -> {
                    if (stopping) {
                        return Future.failedFuture("stopped before everything was up");
                    }
                    before.run();
                    return deploy(() -> vertx.deployVerticle(() -> new BridgeVerticle(config), options));
                })
                .compose(ignored -> subscriptions())
                .compose(ignored -> {
                    phase(BridgePhase.RUNNING);
                    return demo == null ? Future.succeededFuture() : deploy(() -> vertx.deployVerticle(demo));
                })
                .mapEmpty();
    }

    /** The bridge shares this lease; having one of our own tells where the broker is, and keeps it until the end. */
    private Future<Void> leaseBroker() {
        return Brokers.lease(vertx, config.broker()).map(leased -> {
            if (leased != null) {
                lease = leased;
                ending(leased::release);
            }
            return null;
        });
    }

    private Future<Void> listen() {
        if (!config.management().enabled()) {
            return Future.succeededFuture();
        }
        return ManagementServer.start(vertx, config).map(server -> {
            management = server;
            ending(server::close);
            return null;
        });
    }

    private Future<Void> subscriptions() {
        // Where no role permits anything there is nothing to serve, and no port is taken.
        var web = config.web().enabled() && !config.web().roles().isEmpty();
        var control = config.subscriptions().control().enabled();
        if (!web && !control) {
            return Future.succeededFuture();
        }
        return Hub.open(vertx, config).compose(hub -> {
            ending(hub::close);
            if (management != null) {
                management.watch(hub);
            }
            return (control ? control(hub) : Future.<Void>succeededFuture())
                    .compose(ignored -> web ? webServer(hub) : Future.succeededFuture());
        });
    }

    private Future<Void> control(Hub hub) {
        var queue = MessageQueue.over(hub);
        return deploy(() -> vertx.deployVerticle(new MessageQueueControl(queue, config)))
                .mapEmpty();
    }

    private Future<Void> webServer(Hub hub) {
        return mounts(hub)
                .compose(mounts -> WebServer.start(vertx, config.web(), hub, mounts))
                .map(server -> {
                    browsers = server;
                    ending(server::close);
                    if (wamp != null) {
                        ending(this::tellMasters);
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

    private Future<Void> tellMasters() {
        wamp.stopping();
        return Future.succeededFuture();
    }

    private Future<String> deploy(Supplier<Future<String>> deployment) {
        return deployment.get().onSuccess(id -> ending(() -> vertx.undeploy(id)));
    }

    private synchronized void ending(Supplier<Future<?>> ending) {
        endings.push(ending);
    }

    private synchronized Supplier<Future<?>> nextEnding() {
        return endings.poll();
    }

    /** Goes through to the end whatever fails on the way. Vert.x itself is its owner's to close. */
    Future<Void> stop() {
        stopping = true;
        phase(BridgePhase.STOPPING);
        return opening.transform(ignored -> endNext());
    }

    private Future<Void> endNext() {
        var next = nextEnding();
        return next == null ? Future.succeededFuture() : next.get().transform(ignored -> endNext());
    }

    private void phase(BridgePhase phase) {
        if (management != null) {
            management.phase(phase);
        }
    }

    /** Who is in the cluster, in lines for a person; none without one. */
    Future<List<String>> cluster() {
        return vertx.isClustered() ? ClusterLines.of(vertx, config.cluster()) : Future.succeededFuture(List.of());
    }

    /** Where the broker is, once started. */
    List<BrokerUri> uris() {
        return lease == null ? config.broker().uris() : lease.uris();
    }

    /** What the operator should know about the broker. */
    List<String> notices() {
        return lease == null ? List.of() : lease.notices();
    }

    /** Of the management port; {@code null} if there is none. */
    String managementUrl() {
        return management == null ? null : management.url();
    }

    /** Of the port for browsers; {@code null} if there is none. */
    String browsersUrl() {
        return browsers == null ? null : browsers.url();
    }
}
