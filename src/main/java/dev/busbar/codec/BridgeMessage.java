package dev.busbar.codec;

import static java.util.Objects.requireNonNull;

import io.vertx.core.buffer.Buffer;

/**
 * Represents a message as a broker carries it, whatever the protocol: exchange and routing key, properties, and the
 * encoded body.
 *
 * @param exchange the exchange that the message is published to, or was routed by; empty for the default exchange
 * @param routingKey the routing key, at most 255 bytes
 * @param properties the properties and application headers
 * @param body the encoded body; must not be changed
 */
public record BridgeMessage(String exchange, String routingKey, MessageProperties properties, Buffer body) {

    public BridgeMessage {
        requireNonNull(exchange, "exchange");
        requireNonNull(routingKey, "routingKey");
        requireNonNull(properties, "properties");
        requireNonNull(body, "body");
    }
}
