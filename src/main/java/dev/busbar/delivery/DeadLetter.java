package dev.busbar.delivery;

import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.DeadLetterConfig;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.topic.TopicFilter;
import java.util.List;
import java.util.Map;

/**
 * Moves a delivery to the dead-letter exchange, under the message's own routing key unless another is configured. A
 * durable queue holds the dead letters; other queues may be bound beside it.
 */
final class DeadLetter extends MoveAway {

    private final String exchange;
    private final DeadLetterConfig config;

    DeadLetter(InboundRoute route, ConfirmedPublisher publisher) {
        super(route.name(), publisher);
        this.config = route.onFailure().deadLetter();
        this.exchange = config.exchangeOf(route.exchange());
    }

    /** Returns the exchange and its queue, whoever declares them; {@code null} if the queue is not known. */
    static Topology topology(InboundRoute route) {
        var config = route.onFailure().deadLetter();
        var exchange = config.exchangeOf(route.exchange());
        var queue = config.queueOf(route.exchange());
        var key = config.fixedKey();
        return queue == null
                ? null
                : new Topology(
                        exchange.equals(route.exchange().name())
                                ? route.exchange()
                                : new ExchangeConfig(exchange, null, true, Map.of()),
                        new QueueConfig(queue, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of()),
                        exchange.isEmpty() ? List.of() : List.of(TopicFilter.parse(key == null ? "#" : key)));
    }

    @Override
    protected String exchange() {
        return exchange;
    }

    @Override
    protected String routingKey(BridgeMessage message) {
        return config.fixedKey() == null ? message.routingKey() : config.fixedKey();
    }

    @Override
    protected boolean isDeclared() {
        return config.declare();
    }
}
