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
 * A queue in which routes leave what they could not handle.
 *
 * @param then how they come here
 * @param owner the queue they go back to; {@code null} if they go back to the exchange they came from, as dead letters
 *     do, and what was parked beside a queue that had no name of its own
 * @param routes which leave messages here
 */
public record DeadLetterQueue(Topology topology, FailureAction then, String owner, List<String> routes) {

    public DeadLetterQueue {
        routes = List.copyOf(routes);
    }

    public String name() {
        return topology.queue().name();
    }

    /** Those of these routes, which have the names of this node's queues, in their order. */
    public static List<DeadLetterQueue> of(List<RouteConfig> routes) {
        var found = new LinkedHashMap<String, DeadLetterQueue>();
        for (var route : routes) {
            if (route instanceof InboundRoute in && in.onFailure().then() != FailureAction.DROP) {
                var topology = UndeliveredHandlers.topology(in);
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
