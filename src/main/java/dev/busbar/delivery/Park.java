package dev.busbar.delivery;

import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import java.util.List;
import java.util.Map;

/**
 * Moves a delivery to a durable queue beside the route's own, {@code QUEUE.parked} unless another is configured, from
 * where it can be moved back.
 */
final class Park extends MoveAway {

    private static final String DEFAULT_EXCHANGE = "";

    private final String queue;
    private final boolean declared;

    Park(InboundRoute route, ConfirmedPublisher publisher) {
        super(route.name(), publisher);
        this.queue = route.parkingQueue();
        this.declared = route.onFailure().park().declare();
    }

    /** Returns the parking queue, whoever declares it. */
    static Topology topology(InboundRoute route) {
        return new Topology(
                new ExchangeConfig(DEFAULT_EXCHANGE, "direct", true, Map.of()),
                new QueueConfig(route.parkingQueue(), QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of()),
                List.of());
    }

    @Override
    protected String exchange() {
        return DEFAULT_EXCHANGE;
    }

    @Override
    protected String routingKey(BridgeMessage message) {
        return queue;
    }

    @Override
    protected boolean isDeclared() {
        return declared;
    }
}
