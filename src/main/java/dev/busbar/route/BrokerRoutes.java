package dev.busbar.route;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.Brokers;
import dev.busbar.broker.PublisherSpec;
import dev.busbar.cluster.Membership;
import dev.busbar.codec.MessageIds;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.DeliveryMode;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.ReplyMode;
import dev.busbar.config.RouteChains;
import dev.busbar.config.RouteConfig;
import dev.busbar.delivery.ConfirmedPublisher;
import dev.busbar.delivery.Timeouts;
import dev.busbar.delivery.UndeliveredHandlers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the routes of one verticle instance that are on one broker, over two connections: one for consuming and one for
 * publishing, because a broker that holds up publishers stops reading their whole connection. {@link Bridge} starts and
 * stops them step by step, together with those on other brokers.
 */
final class BrokerRoutes {

    /**
     * How long queues are removed at a stop. The broker may go away; what is not removed then stays, as after a crash.
     */
    private static final Duration CLEANUP_DEADLINE = Duration.ofSeconds(2);

    /** More time for each route, because a thousand routes leave a thousand queues to remove. */
    private static final Duration CLEANUP_TIME_PER_ROUTE = Duration.ofMillis(3);

    private final Vertx vertx;
    private final Context context;
    private final InstanceAssignment assignment;
    private final Membership membership;
    private final BusbarConfig config;
    private final BrokerConfig broker;
    private final String brokerName;
    private final List<RouteConfig> assigned;
    private final List<ConsumingRoute> inbound = new ArrayList<>();
    private final List<Outbound> outbound = new ArrayList<>();
    private final BridgeStatus status;
    private BrokerConnection consuming;
    private BrokerConnection publishing;
    private BrokerTraits traits;
    /** {@code null} if no route sends anything back. */
    private ConfirmedPublisher publisher;

    /**
     * Makes routes that are not started yet.
     *
     * @param broker with the URIs of the broker, the embedded one's too
     * @param brokerName {@code null} for the top-level broker
     * @param assigned the routes of this instance that are on the broker
     */
    BrokerRoutes(
            Vertx vertx,
            Context context,
            InstanceAssignment assignment,
            Membership membership,
            BusbarConfig config,
            BrokerConfig broker,
            String brokerName,
            List<RouteConfig> assigned) {
        this.vertx = vertx;
        this.context = context;
        this.assignment = assignment;
        this.membership = membership;
        this.config = config;
        this.broker = broker;
        this.brokerName = brokerName;
        this.assigned = assigned;
        this.status = BridgeStatus.of(vertx);
    }

    /** Connects, and makes the routes; fails if the broker cannot do what one of them asks for. */
    Future<Void> connect() {
        return openConnections().compose(ignored -> traits()).map(known -> {
            traits = known;
            publisher = inboundRoutes().anyMatch(this::sendsBack) ? new ConfirmedPublisher() : null;
            makeRoutes();
            return null;
        });
    }

    private void makeRoutes() {
        var shared = new RouteContext(
                vertx,
                context,
                assignment.index(),
                consuming,
                publishing,
                traits,
                ConfiguredNames.of(config, brokerName),
                publisher,
                new PayloadCodec(config.datetimes(), broker.maxMessageBytes()),
                broker.maxMessageBytes(),
                new MessageIds(),
                assignment.node(),
                membership);
        var made = new ConsumingRoute[assigned.size()];
        var before = RouteChains.before(assigned);
        for (var at = 0; at < assigned.size(); at++) {
            if (assigned.get(at) instanceof OutboundRoute out) {
                outbound.add(new Outbound(out, shared));
            } else if (assigned.get(at) instanceof InboundRoute in) {
                made[at] = make(in, shared, before[at] < 0 ? null : made[before[at]]);
                inbound.add(made[at]);
            }
        }
    }

    /** @param before the route that passes messages on to this one; {@code null} if this one consumes */
    private ConsumingRoute make(InboundRoute route, RouteContext shared, ConsumingRoute before) {
        UndeliveredHandlers.warnOfLoss(route);
        var undelivered = UndeliveredHandlers.of(route, publisher);
        if (before == null) {
            return new Inbound(route, shared, undelivered);
        }
        var following = new FollowingRoute(route, shared, undelivered, before.first());
        before.handling().passOnTo(following.handling());
        return following;
    }

    Future<Void> startOutbound() {
        return startAll(outbound);
    }

    Future<Void> startInbound() {
        return startAll(inbound);
    }

    /** Asks what the broker can do; fails if a route needs more. */
    private Future<BrokerTraits> traits() {
        var connection = consuming != null ? consuming : publishing;
        return connection == null
                ? Future.succeededFuture(BrokerTraits.NONE)
                : connection.traits().map(traits -> {
                    inboundRoutes().forEach(route -> RouteTopologies.check(route, traits));
                    return traits;
                });
    }

    private Stream<InboundRoute> inboundRoutes() {
        return assigned.stream().filter(InboundRoute.class::isInstance).map(InboundRoute.class::cast);
    }

    private Future<Void> openConnections() {
        var connecting = new ArrayList<Future<Void>>();
        if (assigned.stream().anyMatch(BrokerRoutes::consumes)) {
            consuming = Brokers.connection(context, broker, name("consuming"));
            connecting.add(consuming.connect());
        }
        if (assigned.stream().anyMatch(this::publishes)) {
            publishing = Brokers.connection(context, broker, name("publishing"));
            connecting.add(publishing.connect());
        }
        return Future.join(connecting).mapEmpty();
    }

    private String name(String purpose) {
        return "busbar " + purpose + (brokerName == null ? "" : " " + brokerName)
                + (assignment.count() > 1 ? " " + assignment.index() : "");
    }

    private static boolean consumes(RouteConfig route) {
        return route instanceof InboundRoute || ((OutboundRoute) route).reply() == ReplyMode.MESSAGE;
    }

    private boolean publishes(RouteConfig route) {
        return route instanceof OutboundRoute || sendsBack((InboundRoute) route);
    }

    /** Whether a route sends dead letters, parked messages, replies or its position in a stream. */
    private boolean sendsBack(InboundRoute route) {
        return UndeliveredHandlers.publishes(route)
                || route.delivery() == DeliveryMode.REQUEST
                || KeptPosition.topology(route, assignment.node()) != null;
    }

    /** Declares the queues and exchanges for failed messages, which wait until that is done. */
    Future<Void> openPublisher() {
        if (publisher == null) {
            return Future.succeededFuture();
        }
        var sending = inboundRoutes().filter(this::sendsBack).toList();
        var topologies = inbound.stream()
                .filter(route -> sendsBack(route.config()))
                .flatMap(route ->
                        RouteTopologies.sentBack(route.config(), route == route.first(), assignment.node(), traits)
                                .stream())
                .distinct()
                .toList();
        return publishing
                .publisher(new PublisherSpec("dead letters, replies and positions", topologies))
                .<Void>map(opened -> {
                    publisher.open(opened);
                    return null;
                })
                .recover(failure -> Future.failedFuture(new RouteException(
                        sending.get(0).name(), "cannot prepare for dead letters: " + failure.getMessage(), failure)));
    }

    private Future<Void> startAll(List<? extends Route> routes) {
        return BoundedConcurrency.each(routes, this::start);
    }

    private Future<Void> start(Route route) {
        try {
            status.add(route.name(), assignment.index(), assignment.deployment(), route::status);
        } catch (RouteException e) {
            return Future.failedFuture(e);
        }
        return route.start();
    }

    /** Stops consuming, and lets handlers finish. */
    Future<Void> stopInbound(Duration deadline) {
        return stopAll(inbound, deadline);
    }

    /** Stops taking messages from the event bus, and flushes the buffers. */
    Future<Void> stopOutbound(Duration deadline) {
        return stopAll(outbound, deadline);
    }

    /** Removes the queues that do not outlive a clean stop, and closes the connections. */
    Future<Void> close() {
        return cleanUp()
                .eventually(() -> Future.join(close(consuming), close(publishing)))
                .eventually(() -> {
                    inbound.forEach(route -> status.remove(route.name(), assignment.index(), assignment.deployment()));
                    outbound.forEach(route -> status.remove(route.name(), assignment.index(), assignment.deployment()));
                    return Future.succeededFuture();
                });
    }

    private static Future<Void> stopAll(List<? extends Route> routes, Duration deadline) {
        return Future.join(routes.stream().map(route -> route.stop(deadline)).toList())
                .mapEmpty();
    }

    private Future<Void> cleanUp() {
        var connection = consuming != null ? consuming : publishing;
        if (connection == null) {
            return Future.succeededFuture();
        }
        // A route that has not consumed its queue may not have declared it either: somebody else's may have that name.
        var consumed = inbound.stream()
                .filter(ConsumingRoute::hasConsumed)
                .map(ConsumingRoute::config)
                .toList();
        return Timeouts.within(
                vertx,
                CLEANUP_DEADLINE.plus(CLEANUP_TIME_PER_ROUTE.multipliedBy(consumed.size())),
                CleanStop.of(connection, publishing, consumed));
    }

    private static Future<Void> close(BrokerConnection connection) {
        return connection == null ? Future.succeededFuture() : connection.close();
    }
}
