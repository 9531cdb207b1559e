package dev.busbar.deadletter;

import dev.busbar.broker.Topology;
import dev.busbar.config.FailureAction;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.RouteConfig;
import dev.busbar.delivery.UndeliveredHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A queue in which routes leave the messages that they could not handle.
 *
 * @param then how messages come here
 * @param owner the queue that parked messages go back to; {@code null} if messages go back to the exchange they came
 *     from, as dead letters do, and messages that were parked beside a queue without a name of its own
 * @param routes the names of the routes that leave messages here
 */
public record DeadLetterQueue(Topology topology, FailureAction then, String owner, List<String> routes) {

    public DeadLetterQueue {
        routes = List.copyOf(routes);
    }

    public String name() {
        return topology.queue().name();
    }

    /**
     * Returns the queues of these routes on the top-level broker, in their order. The routes have the names of this
     * node's queues.
     */
    public static List<DeadLetterQueue> of(List<RouteConfig> routes) {
        var found = new LinkedHashMap<String, DeadLetterQueue>();
        for (var route : routes) {
            if (route instanceof InboundRoute in && in.broker() == null && UndeliveredHandlers.kept(in) != null) {
                var topology = UndeliveredHandlers.kept(in);
                var then = in.onFailure().then();
                var owner = then == FailureAction.PARK ? in.queue().name() : null;
                found.merge(
                        topology.queue().name(),
                        new DeadLetterQueue(topology, then, owner, List.of(in.name())),
                        DeadLetterQueue::joined);
            }
        }
        return List.copyOf(found.values());
    }

    private DeadLetterQueue joined(DeadLetterQueue other) {
        var all = new ArrayList<>(routes);
        all.addAll(other.routes);
        return new DeadLetterQueue(topology, then, owner, all);
    }
}
