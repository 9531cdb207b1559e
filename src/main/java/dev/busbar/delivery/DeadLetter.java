package dev.busbar.delivery;

import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.topic.TopicFilter;
import java.util.List;
import java.util.Map;

/**
 * Moves a delivery to the dead-letter exchange that belongs to the route's exchange, {@code NAME.dead-letter}, under
 * the message's own routing key. A durable queue of the same name holds the dead letters; other queues may be bound
 * beside it.
 */
public final class DeadLetter extends MoveAway {

    private static final String SUFFIX = ".dead-letter";
    private static final String OWNER_OF_DEFAULT_EXCHANGE = "busbar";

    private final String exchange;

    DeadLetter(String route, String exchange, ConfirmedPublisher publisher) {
        super(route, publisher);
        this.exchange = name(exchange);
    }

    public static Topology topology(String exchange) {
        var name = name(exchange);
        return new Topology(
                new ExchangeConfig(name, "topic", true, Map.of()),
                new QueueConfig(name, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of()),
                List.of(TopicFilter.parse("#")));
    }

    private static String name(String exchange) {
        var owner = exchange.startsWith("amq.") ? OWNER_OF_DEFAULT_EXCHANGE + "." + exchange : exchange;
        return (owner.isEmpty() ? OWNER_OF_DEFAULT_EXCHANGE : owner) + SUFFIX;
    }

    @Override
    protected String exchange() {
        return exchange;
    }

    @Override
    protected String routingKey(BridgeMessage message) {
        return message.routingKey();
    }
}
