package dev.busbar.codec;

import static java.util.Objects.requireNonNull;

import io.vertx.core.buffer.Buffer;

/**
 * A message as a broker carries it, the same for every protocol: where it goes or came from, its properties and its
 * body, still encoded.
 *
 * @param exchange the exchange it is published to or was routed by; empty for the default exchange
 * @param routingKey the routing key, at most 255 bytes
 * @param body the encoded body; not to be changed
 */
public record BridgeMessage(String exchange, String routingKey, MessageProperties properties, Buffer body) {

    public BridgeMessage {
        requireNonNull(exchange, "exchange");
        requireNonNull(routingKey, "routingKey");
        requireNonNull(properties, "properties");
        requireNonNull(body, "body");
    }
}
