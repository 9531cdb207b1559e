package dev.busbar.route;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.MessageIds;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.OutboundRoute;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.eventbus.Message;

/** Encodes messages of the event bus for the broker: routing key, properties, body. */
final class OutboundEncoder {

    /** The key template that takes the sender's header as the whole key, dots included. */
    private static final String WHOLE_KEY = "{" + BusHeaders.ROUTING_KEY + "}";

    private final OutboundRoute config;
    private final PayloadCodec codec;
    private final MessageIds ids;
    private final boolean keyIsWhole;
    private final FixedHeaders fixed;

    OutboundEncoder(OutboundRoute config, PayloadCodec codec, MessageIds ids) {
        this.config = config;
        this.codec = codec;
        this.ids = ids;
        this.keyIsWhole = config.key().toString().equals(WHOLE_KEY);
        this.fixed = new FixedHeaders(config);
    }

    /** @throws IllegalArgumentException with a message for the sender, whatever the sender's own objects throw */
    BridgeMessage encode(Message<Object> message) {
        try {
            var headers = fixed.withProperties(message.headers(), message.body());
            var encoded = codec.encode(message.body(), headers);
            var sent = BusHeaders.fromBus(headers, encoded.contentType(), ids.next(), config.persistent());
            var properties = fixed.withHeaders(sent, message.headers(), message.body());
            return new BridgeMessage(config.exchange().name(), key(message), properties, encoded.body());
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(e.toString(), e);
        }
    }

    private String key(Message<Object> message) {
        if (keyIsWhole) {
            var key = message.headers().get(BusHeaders.ROUTING_KEY);
            if (key == null) {
                throw new IllegalArgumentException("the header " + BusHeaders.ROUTING_KEY
                        + " is missing, which this route takes as the routing key");
            }
            return RoutingKey.parse(key).toString();
        }
        return config.key().expand(message.headers(), message.body());
    }
}
