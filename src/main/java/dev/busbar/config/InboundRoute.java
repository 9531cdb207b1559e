package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.List;

/**
 * From the broker to the event bus.
 *
 * @param exchange the exchange the queue is bound to
 * @param filters what the queue is bound by; empty if a named queue is consumed with the bindings it has
 * @param prefetch how many deliveries may be unsettled at a time
 * @param timeout how long a handler may take to reply
 * @param duplicateWindow how many settled message ids are remembered to drop duplicates; 0 for none
 */
public record InboundRoute(
        String name,
        ExchangeConfig exchange,
        List<TopicFilter> filters,
        QueueConfig queue,
        String address,
        DeliveryMode delivery,
        Scope scope,
        int prefetch,
        Duration timeout,
        FailurePolicy onFailure,
        int duplicateWindow)
        implements RouteConfig {

    public InboundRoute {
        requireNonNull(exchange, "exchange");
        filters = List.copyOf(filters);
        requireNonNull(queue, "queue");
        requireNonNull(delivery, "delivery");
        requireNonNull(scope, "scope");
        requireNonNull(onFailure, "onFailure");
        InboundSection.NAME.check(name);
        InboundSection.ADDRESS.check("to", address);
        InboundSection.PREFETCH.check(prefetch);
        InboundSection.TIMEOUT.check(timeout);
        InboundSection.WINDOW.check("duplicates", duplicateWindow);
        new Findings()
                .unless(
                        !filters.isEmpty() || queue.name() != null,
                        "from",
                        null,
                        "names neither a filter nor a queue to consume",
                        "Add a filter, e.g. builds.*.finished, or the name of a queue; or an address, if the route"
                                + " leads to the broker",
                        "from.filter",
                        "from.queue.")
                .unless(
                        filters.isEmpty() || !exchange.name().isEmpty(),
                        "from.filter",
                        filters,
                        "cannot be applied: no queue can be bound to the default exchange",
                        "Name another exchange, or remove the filter and name the queue",
                        "from.exchange.")
                .unless(
                        !exchange.type().equals("direct") || filters.stream().noneMatch(InboundRoute::isPattern),
                        "from.filter",
                        filters,
                        "has wildcards, which the direct exchange " + exchange.name() + " takes literally",
                        "Use a topic exchange, or filters without * and #",
                        "from.exchange.")
                .raise();
    }

    private static boolean isPattern(TopicFilter filter) {
        return filter.toString().matches(".*[*#].*");
    }
}
