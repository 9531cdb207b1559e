package dev.busbar.route;

import dev.busbar.config.Backoff;
import dev.busbar.config.BufferConfig;
import dev.busbar.config.DeliveryMode;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.FailureAction;
import dev.busbar.config.FailurePolicy;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.config.ReplyMode;
import dev.busbar.config.RetryWait;
import dev.busbar.config.Scope;
import dev.busbar.config.WhenFull;
import dev.busbar.topic.KeyTemplate;
import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Routes of which only a few things matter. */
final class Routes {

    private static final ExchangeConfig EXCHANGE = new ExchangeConfig("busbar", "topic", true, Map.of());
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30));

    private Routes() {}

    static InboundRoute inbound(String name, Scope scope, QueueLife life) {
        return new InboundRoute(
                name,
                EXCHANGE,
                List.of(TopicFilter.parse("a.#")),
                new QueueConfig(name, life, QueueType.CLASSIC, Map.of()),
                "address",
                DeliveryMode.REQUEST,
                scope,
                10,
                1 << 20,
                Duration.ofSeconds(30),
                new FailurePolicy(5, BACKOFF, RetryWait.MEMORY, FailureAction.DEAD_LETTER),
                0);
    }

    static OutboundRoute outbound(String name, String key) {
        return new OutboundRoute(
                name,
                EXCHANGE,
                "address",
                KeyTemplate.parse(key),
                true,
                true,
                ReplyMode.CONFIRM,
                Duration.ofSeconds(30),
                10,
                new BufferConfig(100, 1_000_000, WhenFull.FAIL));
    }
}
