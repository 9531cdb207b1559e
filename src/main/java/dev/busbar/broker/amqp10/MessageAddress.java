package dev.busbar.broker.amqp10;

import static java.util.Objects.requireNonNull;

/**
 * Exchange, routing key and type of a message, as far as they stand outside of the sections that {@link MessageMapping}
 * reads.
 *
 * @param exchange the exchange that routed the message; empty for the default exchange
 * @param routingKey the key by which the message was routed
 * @param type the message's type, where the broker keeps it in a place of its own; {@code null} if it does not
 */
record MessageAddress(String exchange, String routingKey, String type) {

    MessageAddress {
        requireNonNull(exchange, "exchange");
        requireNonNull(routingKey, "routingKey");
    }

    MessageAddress(String exchange, String routingKey) {
        this(exchange, routingKey, null);
    }
}
