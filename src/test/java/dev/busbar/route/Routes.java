package dev.busbar.route;

import dev.busbar.config.BufferConfig;
import dev.busbar.config.DeliveryMode;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.OutboundRouteBuilder;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.config.Scope;
import dev.busbar.config.WhenFull;
import dev.busbar.topic.KeyTemplate;
import dev.busbar.topic.TopicFilter;
import java.util.List;
import java.util.Map;

/** Routes of which only a few things matter. */
final class Routes {

    private static final ExchangeConfig EXCHANGE = new ExchangeConfig("busbar", "topic", true, Map.of());

    private Routes() {}

    static InboundRoute inbound(String name, Scope scope, QueueLife life) {
        return InboundRoute.builder()
                .name(name)
                .filters(List.of(TopicFilter.parse("a.#")))
                .exchange(EXCHANGE)
                .queue(new QueueConfig(name, life, QueueType.CLASSIC, Map.of()))
                .address("address")
                .delivery(DeliveryMode.REQUEST)
                .scope(scope)
                .prefetch(10)
                .prefetchBytes(1 << 20)
                .build();
    }

    static OutboundRouteBuilder outbound(String name, String key) {
        return OutboundRoute.builder()
                .name(name)
                .address("address")
                .key(KeyTemplate.parse(key))
                .exchange(EXCHANGE)
                .inFlight(10)
                .buffer(new BufferConfig(100, 1_000_000, WhenFull.FAIL));
    }
}
