package dev.busbar.delivery;

import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import java.util.List;
import java.util.Map;

/**
 * Moves a delivery to a durable queue beside the route's own, {@code QUEUE.parked}, from where it can be moved back.
 */
final class Park extends MoveAway {

    private static final String SUFFIX = ".parked";
    private static final String DEFAULT_EXCHANGE = "";

    private final String queue;

    /** @param owner the name of the route's queue, or of the route where the broker names the queue */
    Park(String route, String owner, ConfirmedPublisher publisher) {
        super(route, publisher);
        this.queue = owner + SUFFIX;
    }

    static Topology topology(String owner) {
        return new Topology(
                new ExchangeConfig(DEFAULT_EXCHANGE, "direct", true, Map.of()),
                new QueueConfig(owner + SUFFIX, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of()),
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
}
