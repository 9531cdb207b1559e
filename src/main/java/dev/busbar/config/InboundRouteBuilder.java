package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Builds an inbound route, key by key. What is not set has its default. */
public final class InboundRouteBuilder extends RecordBuilder<InboundRoute, InboundRouteBuilder> {

    InboundRouteBuilder(InboundRoute like) {
        super(InboundRoute.class, like);
    }

    public InboundRouteBuilder name(String name) {
        return set("name", name);
    }

    public InboundRouteBuilder filters(List<TopicFilter> filters) {
        return set("filters", filters);
    }

    public InboundRouteBuilder broker(String broker) {
        return set("broker", broker);
    }

    public InboundRouteBuilder exchange(ExchangeConfig exchange) {
        return set("exchange", exchange);
    }

    public InboundRouteBuilder bindingArguments(Map<String, Object> arguments) {
        return set("bindingArguments", arguments);
    }

    public InboundRouteBuilder queue(QueueConfig queue) {
        return set("queue", queue);
    }

    public InboundRouteBuilder consumer(ConsumerConfig consumer) {
        return set("consumer", consumer);
    }

    public InboundRouteBuilder contentType(String contentType) {
        return set("contentType", contentType);
    }

    public InboundRouteBuilder body(BodyMode body) {
        return set("body", body);
    }

    public InboundRouteBuilder where(List<ConditionConfig> where) {
        return set("where", where);
    }

    public InboundRouteBuilder otherwise(Otherwise otherwise) {
        return set("otherwise", otherwise);
    }

    public InboundRouteBuilder address(String address) {
        return set("address", address);
    }

    public InboundRouteBuilder removeHeaders(List<String> removeHeaders) {
        return set("removeHeaders", removeHeaders);
    }

    public InboundRouteBuilder renameHeaders(Map<String, String> renameHeaders) {
        return set("renameHeaders", renameHeaders);
    }

    public InboundRouteBuilder headers(Map<String, HeaderValue> headers) {
        return set("headers", headers);
    }

    public InboundRouteBuilder delivery(DeliveryMode delivery) {
        return set("delivery", delivery);
    }

    public InboundRouteBuilder handlers(HandlerPreference handlers) {
        return set("handlers", handlers);
    }

    public InboundRouteBuilder scope(Scope scope) {
        return set("scope", scope);
    }

    public InboundRouteBuilder prefetch(int prefetch) {
        return set("prefetch", prefetch);
    }

    public InboundRouteBuilder prefetchBytes(long prefetchBytes) {
        return set("prefetchBytes", prefetchBytes);
    }

    public InboundRouteBuilder timeout(Duration timeout) {
        return set("timeout", timeout);
    }

    public InboundRouteBuilder duplicateWindow(int duplicateWindow) {
        return set("duplicateWindow", duplicateWindow);
    }

    public InboundRouteBuilder onFailure(FailurePolicy onFailure) {
        return set("onFailure", onFailure);
    }
}
