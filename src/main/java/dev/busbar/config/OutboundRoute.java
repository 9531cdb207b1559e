package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import dev.busbar.topic.KeyTemplate;
import java.time.Duration;

/**
 * From the event bus to the broker.
 *
 * @param exchange the exchange messages are published to
 * @param key the routing key; for the default exchange the name of the queue
 * @param mandatory whether a message that reaches no queue is a failure
 * @param persistent whether durable queues keep the messages through a restart of the broker
 * @param timeout how long a message may wait for the broker's confirmation, or for the answer
 * @param inFlight how many messages may be unconfirmed at a time
 */
public record OutboundRoute(
        String name,
        ExchangeConfig exchange,
        String address,
        KeyTemplate key,
        boolean mandatory,
        boolean persistent,
        ReplyMode reply,
        Duration timeout,
        int inFlight,
        BufferConfig buffer)
        implements RouteConfig {

    public OutboundRoute {
        requireNonNull(exchange, "exchange");
        requireNonNull(reply, "reply");
        requireNonNull(buffer, "buffer");
        InboundSection.NAME.check(name);
        OutboundSection.ADDRESS.check("from", address);
        OutboundSection.KEY.check("to", key);
        OutboundSection.TIMEOUT.check(timeout);
        OutboundSection.IN_FLIGHT.check(inFlight);
    }
}
