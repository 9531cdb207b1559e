package dev.busbar.hub;

import static java.util.Objects.requireNonNull;

import dev.busbar.broker.BrokerProvider;
import dev.busbar.broker.Brokers;
import dev.busbar.broker.PublisherSpec;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.cluster.Membership;
import dev.busbar.cluster.Node;
import dev.busbar.cluster.Scoped;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.config.RouteConfig;
import dev.busbar.delivery.Timeouts;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import dev.busbar.verticle.ContextCalls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Holds the run-time subscriptions of one node and publishes what it produces; from any thread. Listeners stay
 * registered through a lost connection: their bindings come back with it, and they are told that they may have missed
 * messages.
 */
public final class Hub {

    private static final String NAME = "subscriptions";
    private static final Duration FLUSH_DEADLINE = Duration.ofSeconds(5);
    private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final BusbarConfig config;
    private final Context home;
    private final BrokerProvider.Lease lease;
    private final FilterBindings bindings;
    private final HubConsumer consumer;
    private final Registrations registrations;
    private final HubPublisher hubPublisher;
    private final ConsumerState consumerState;
    private final Promise<Void> closed = Promise.promise();
    private HubConnections connections;
    private Subscription subscription;
    private boolean closing;

    private Hub(Vertx vertx, BusbarConfig config, BrokerProvider.Lease lease) {
        this.vertx = vertx;
        this.config = config;
        this.lease = lease;
        this.home = ((VertxInternal) vertx).createEventLoopContext();
        var replay = new Replay(config.subscriptions().replay());
        this.bindings = new FilterBindings(
                vertx, config.subscriptions(), replay, config.broker().isEmbedded());
        this.consumer = new HubConsumer(vertx, config, bindings, replay);
        this.registrations =
                new Registrations(vertx, home, config.subscriptions().handOver(), bindings, replay, consumer);
        this.consumerState = new ConsumerState(registrations::interruptAll, this::consumingAgain);
        this.hubPublisher = new HubPublisher(vertx, home, config, consumerState::recovering);
    }

    /**
     * Starts the broker if it is the embedded one, connects, and declares the node's queue.
     *
     * @return fails with a message for a person, and then nothing is left open
     */
    public static Future<Hub> open(Vertx vertx, BusbarConfig config) {
        var exchange = config.exchange();
        if (exchange.name().isEmpty() || !exchange.type().equals("topic")) {
            return Future.failedFuture(new IllegalArgumentException(
                    "exchange: subscriptions need a topic exchange, but '" + exchange.name() + "' is of the type "
                            + exchange.type() + "; name another, and set exchange on the routes that need this one"));
        }
        return PayloadCodec.prepare(vertx)
                .compose(ready -> Brokers.lease(vertx, config.broker()))
                .compose(lease -> {
                    var hub = new Hub(vertx, config, lease);
                    return hub.atHome(hub::start)
                            .map(hub)
                            .recover(failure -> hub.close().transform(ignored -> Future.failedFuture(failure)));
                });
    }

    private BrokerConfig broker() {
        return lease == null ? config.broker() : config.broker().at(lease.uris());
    }

    private Future<Void> start() {
        connections = new HubConnections(
                Brokers.connection(home, broker(), "busbar " + NAME),
                Brokers.connection(home, broker(), "busbar producing"));
        return connections
                .connect()
                .compose(ignored -> connections
                        .publishing()
                        .publisher(new PublisherSpec("producing", List.of(Topology.of(config.exchange())))))
                .onSuccess(hubPublisher::start)
                .compose(ignored -> connections
                        .consuming()
                        .subscribe(
                                // Whoever listens waits for the binding.
                                new SubscriptionSpec(
                                                NAME,
                                                topology(),
                                                config.subscriptions().prefetch())
                                        .startingEarly(),
                                consumer::received))
                .onSuccess(live -> {
                    subscription = live;
                    bindings.start(live);
                    live.onStateChange(consumerState::changed);
                })
                .mapEmpty();
    }

    private void consumingAgain() {
        hubPublisher.resume();
    }

    private Topology topology() {
        var queue = new QueueConfig(null, QueueLife.TRANSIENT, QueueType.CLASSIC, Map.of());
        return new Topology(
                config.exchange(), queue, config.subscriptions().replay().filters());
    }

    /** Runs the work on the hub's event loop and completes on the caller's context. */
    private <T> Future<T> atHome(Supplier<Future<T>> work) {
        return ContextCalls.here(vertx, ContextCalls.call(home, work));
    }

    /**
     * Registers a listener, to be called on the calling context, or on a new one where there is none.
     *
     * @param replay how many of the last messages of this filter the listener gets first, as far as they are kept
     * @return completes when the binding is live: whatever is published from then on arrives, after the replayed
     *     messages, without gap or duplicate. Waits while the broker is away. A message that matches several filters of
     *     one listener reaches it once for each
     */
    public Future<Listening> listen(TopicFilter filter, int replay, Listener listener) {
        requireNonNull(filter, "filter");
        requireNonNull(listener, "listener");
        if (replay < 0) {
            throw new IllegalArgumentException("replay must be 0 or more, not " + replay);
        }
        return registrations.listen(filter, replay, listener);
    }

    /**
     * Publishes a message to the configured exchange. Listeners, those of this node too, get it from the broker.
     * Messages of one thread keep their order.
     *
     * @param body anything {@link dev.busbar.codec.PayloadCodec} writes; not to be changed afterwards
     * @param headers as a sender to an outbound route sets them, see {@link dev.busbar.codec.BusHeaders}; may be empty
     * @return completes when the broker has confirmed it; nobody need listen. Fails with a
     *     {@link io.vertx.core.eventbus.ReplyException} with the code of a {@link dev.busbar.delivery.SendFailure}
     */
    public Future<Void> produce(RoutingKey key, Object body, MultiMap headers) {
        return hubPublisher.produce(requireNonNull(key, "key"), body, requireNonNull(headers, "headers"), null);
    }

    /** Returns a client that receives all that it produces itself after it has begun to listen. */
    public HubClient client() {
        return new HubClient(
                this, hubPublisher, config.subscriptions().producing().timeout());
    }

    /** Returns the status of each filter that has listeners or is about to be removed. From any thread. */
    public List<FilterStatus> filters() {
        return bindings.statuses();
    }

    /** From any thread. */
    public HubStatus status() {
        var obstacle = consumerState.obstacle();
        return new HubStatus(
                consumerState.consuming(),
                consumerState.since(),
                obstacle != null ? obstacle : hubPublisher.obstacle(),
                consumer.receivedCount(),
                consumer.unreadableCount(),
                consumerState.interruptions(),
                hubPublisher.producedCount(),
                hubPublisher.confirmedCount(),
                hubPublisher.failedCount(),
                hubPublisher.waiting());
    }

    /** Stamps a request with its deadline where a bridge runs, so that no handler gets it after that. */
    public DeliveryOptions withDeadline(DeliveryOptions request) {
        var membership = Membership.of(vertx);
        if (membership != null) {
            membership.lateRequests().stamp(request);
        }
        return request;
    }

    public Vertx vertx() {
        return vertx;
    }

    public BusbarConfig config() {
        return config;
    }

    /** Returns the routes of the configuration, with the names that their queues have on this node. */
    public List<RouteConfig> routes() {
        return Scoped.named(config.routes(), Node.of(vertx, config.cluster()));
    }

    /**
     * Runs work with the hub's connections, for consumers that have queues of their own.
     *
     * @param work runs on the hub's event loop, and must use the connections there only
     * @return the result, on the caller's context
     */
    public <T> Future<T> withConnections(Function<HubConnections, Future<T>> work) {
        return atHome(() -> closing ? Future.failedFuture(Registrations.closedFailure()) : work.apply(connections));
    }

    /** Ends all listening, waits a little for what is unconfirmed, and disconnects. Idempotent. */
    public Future<Void> close() {
        return atHome(() -> {
            if (!closing) {
                closing = true;
                end().onComplete(closed);
            }
            return closed.future();
        });
    }

    private Future<Void> end() {
        registrations.close();
        bindings.close();
        consumer.close();
        return (subscription == null ? Future.<Void>succeededFuture() : subscription.stop())
                .eventually(() -> hubPublisher.close(FLUSH_DEADLINE))
                .eventually(() -> connections == null
                        ? Future.succeededFuture()
                        : Timeouts.within(vertx, CLOSE_DEADLINE, connections.close()))
                .eventually(() -> lease == null ? Future.succeededFuture() : lease.release())
                .otherwiseEmpty();
    }
}
