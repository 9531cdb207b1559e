package dev.busbar.route;

import dev.busbar.cluster.Membership;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BusbarConfig;
import dev.busbar.config.RouteConfig;
import dev.busbar.delivery.Timeouts;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Runs the routes of one verticle instance, on all brokers that they name. */
final class Bridge {

    private final Vertx vertx;
    private final List<BrokerRoutes> brokers = new ArrayList<>();

    /** @param main the top-level broker, with the URIs of the embedded one, if it is */
    Bridge(
            Vertx vertx,
            Context context,
            InstanceAssignment assignment,
            Membership membership,
            BusbarConfig config,
            BrokerConfig main) {
        this.vertx = vertx;
        var byBroker = new LinkedHashMap<String, List<RouteConfig>>();
        for (var route : assignment.of(config.routes())) {
            byBroker.computeIfAbsent(route.broker(), name -> new ArrayList<>()).add(route);
        }
        byBroker.forEach((name, routes) -> {
            var broker = name == null ? main : config.brokers().get(name);
            brokers.add(new BrokerRoutes(
                    vertx, context, assignment, membership, config, broker, name, List.copyOf(routes)));
        });
    }

    /**
     * Starts outbound routes first, so that they take what the handlers of inbound routes send. What failed messages
     * need is declared last, so that a route that cannot start leaves none of it behind; until then they wait.
     */
    Future<Void> start() {
        return PayloadCodec.prepare(vertx)
                .compose(ready ->
                        Future.join(brokers.stream().map(BrokerRoutes::connect).toList()))
                .compose(ignored -> BoundedConcurrency.each(brokers, BrokerRoutes::startOutbound))
                .compose(ignored -> BoundedConcurrency.each(brokers, BrokerRoutes::startInbound))
                .compose(ignored -> BoundedConcurrency.each(brokers, BrokerRoutes::openPublisher));
    }

    /**
     * Stops consuming, lets handlers finish, flushes the buffers, removes the queues that do not outlive a clean stop,
     * and closes the connections. Goes through all steps, whichever of them fail. A message that goes from one broker
     * to another is settled before the route to the other stops.
     */
    Future<Void> stop(Duration deadline) {
        var end = Timeouts.end(deadline);
        return all(brokers.stream().map(it -> it.stopInbound(deadline)).toList())
                .eventually(() -> all(brokers.stream()
                        .map(it -> it.stopOutbound(Timeouts.left(end)))
                        .toList()))
                .eventually(() -> all(brokers.stream().map(BrokerRoutes::close).toList()))
                .otherwiseEmpty();
    }

    private static Future<Void> all(List<Future<Void>> futures) {
        return Future.join(futures).mapEmpty();
    }
}
