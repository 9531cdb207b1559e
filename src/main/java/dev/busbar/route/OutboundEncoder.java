package dev.busbar.route;

import static java.util.stream.Collectors.toCollection;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.MessageIds;
import dev.busbar.codec.PayloadCodec;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.OutboundRoute;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TextTemplate;
import io.vertx.core.eventbus.Message;
import java.util.LinkedHashSet;
import java.util.Set;

/** Encodes messages of the event bus for the broker: routing key, properties, body. */
final class OutboundEncoder {

    /** The key template that takes the sender's header as the whole key, dots included. */
    private static final String WHOLE_KEY = "{" + BusHeaders.ROUTING_KEY + "}";

    private final OutboundRoute config;
    private final PayloadCodec codec;
    private final MessageIds ids;
    private final boolean keyIsWhole;
    private final RouteProperties routeProperties;
    /** {@code null} if all messages go to one exchange. */
    private final TextTemplate exchange;

    private final Set<String> allowed;

    OutboundEncoder(OutboundRoute config, PayloadCodec codec, MessageIds ids) {
        this.config = config;
        this.codec = codec;
        this.ids = ids;
        this.keyIsWhole = config.key().toString().equals(WHOLE_KEY);
        this.routeProperties = new RouteProperties(config);
        this.exchange = config.exchanges().isEmpty()
                ? null
                : TextTemplate.parse(config.exchange().name());
        this.allowed = config.exchanges().stream().map(ExchangeConfig::name).collect(toCollection(LinkedHashSet::new));
    }

    /** @throws IllegalArgumentException with a message for the sender, whatever the sender's own objects throw */
    BridgeMessage encode(Message<Object> message) {
        try {
            var headers = routeProperties.withProperties(message.headers(), message.body());
            var encoded = codec.encode(message.body(), headers, config.body());
            var sent = BusHeaders.fromBus(headers, encoded.contentType(), ids.next(), config.persistent());
            var properties = routeProperties.withHeaders(sent, message.headers(), message.body());
            return new BridgeMessage(exchange(message), key(message), properties, encoded.body());
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(e.toString(), e);
        }
    }

    private String exchange(Message<Object> message) {
        if (exchange == null) {
            return config.exchange().name();
        }
        var name = exchange.expand(message.headers(), message.body());
        if (!allowed.contains(name)) {
            throw new IllegalArgumentException("the exchange '" + shortened(name) + "', made from " + exchange
                    + ", is not one of those that the route allows, to.exchanges: " + String.join(", ", allowed)
                    + "; name one of them, or add it there");
        }
        return name;
    }

    private static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
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
