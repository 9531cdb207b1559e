package dev.busbar.broker.amqp10;

import static java.util.Objects.requireNonNull;

/**
 * What a broker tells about a message outside of the sections that {@link MessageMapping} reads.
 *
 * @param exchange by which it was routed; empty for the default exchange
 * @param routingKey under which it was routed
 * @param type its type, where the broker keeps it in a place of its own; {@code null} if it does not
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
