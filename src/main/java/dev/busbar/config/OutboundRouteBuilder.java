package dev.busbar.config;

import dev.busbar.topic.KeyTemplate;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Builds an outbound route, key by key. What is not set has its default. */
public final class OutboundRouteBuilder extends RecordBuilder<OutboundRoute, OutboundRouteBuilder> {

    OutboundRouteBuilder(OutboundRoute like) {
        super(OutboundRoute.class, like);
    }

    public OutboundRouteBuilder name(String name) {
        return set("name", name);
    }

    public OutboundRouteBuilder address(String address) {
        return set("address", address);
    }

    public OutboundRouteBuilder key(KeyTemplate key) {
        return set("key", key);
    }

    public OutboundRouteBuilder broker(String broker) {
        return set("broker", broker);
    }

    public OutboundRouteBuilder exchange(ExchangeConfig exchange) {
        return set("exchange", exchange);
    }

    public OutboundRouteBuilder exchanges(List<ExchangeConfig> exchanges) {
        return set("exchanges", exchanges);
    }

    public OutboundRouteBuilder headers(Map<String, HeaderValue> headers) {
        return set("headers", headers);
    }

    public OutboundRouteBuilder properties(PropertiesConfig properties) {
        return set("properties", properties);
    }

    public OutboundRouteBuilder body(BodyMode body) {
        return set("body", body);
    }

    public OutboundRouteBuilder mandatory(boolean mandatory) {
        return set("mandatory", mandatory);
    }

    public OutboundRouteBuilder persistent(boolean persistent) {
        return set("persistent", persistent);
    }

    public OutboundRouteBuilder reply(ReplyMode reply) {
        return set("reply", reply);
    }

    public OutboundRouteBuilder timeout(Duration timeout) {
        return set("timeout", timeout);
    }

    public OutboundRouteBuilder inFlight(int inFlight) {
        return set("inFlight", inFlight);
    }

    public OutboundRouteBuilder buffer(BufferConfig buffer) {
        return set("buffer", buffer);
    }
}
