package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.List;

/**
 * From the broker to the event bus.
 *
 * @param exchange the exchange the queue is bound to
 * @param filters what the queue is bound by; empty if a named queue is consumed with the bindings it has, and if it is
 *     persistent, not declared either
 * @param prefetch how many deliveries may be unsettled at a time
 * @param prefetchBytes how large they may be together
 * @param timeout how long a handler may take to reply
 * @param duplicateWindow how many settled message ids are remembered to drop duplicates; 0 for none
 * @param handlers which handlers are asked first, where several nodes have some
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
        long prefetchBytes,
        Duration timeout,
        FailurePolicy onFailure,
        int duplicateWindow,
        HandlerPreference handlers)
        implements RouteConfig {

    /** One whose handlers are preferred as the scope has it. */
    public InboundRoute(
            String name,
            ExchangeConfig exchange,
            List<TopicFilter> filters,
            QueueConfig queue,
            String address,
            DeliveryMode delivery,
            Scope scope,
            int prefetch,
            long prefetchBytes,
            Duration timeout,
            FailurePolicy onFailure,
            int duplicateWindow) {
        this(
                name,
                exchange,
                filters,
                queue,
                address,
                delivery,
                scope,
                prefetch,
                prefetchBytes,
                timeout,
                onFailure,
                duplicateWindow,
                HandlerPreference.of(scope));
    }

    static final Problem FROM_NOTHING = new Problem(
                    "from",
                    null,
                    "names neither a filter nor a queue to consume",
                    "Add a filter, e.g. builds.*.finished, or the name of a queue; or an address, if the route leads to"
                            + " the broker")
            .involving("from.filter", "from.queue.");

    public InboundRoute {
        requireNonNull(exchange, "exchange");
        filters = List.copyOf(filters);
        requireNonNull(queue, "queue");
        requireNonNull(delivery, "delivery");
        requireNonNull(scope, "scope");
        requireNonNull(onFailure, "onFailure");
        requireNonNull(handlers, "handlers");
        InboundSection.NAME.check(name);
        InboundSection.ADDRESS.check("to", address);
        InboundSection.PREFETCH.check(prefetch);
        InboundSection.PREFETCH_BYTES.check(prefetchBytes);
        InboundSection.TIMEOUT.check(timeout);
        InboundSection.WINDOW.check("duplicates", duplicateWindow);
        new Findings()
                .unless(!filters.isEmpty() || queue.name() != null, FROM_NOTHING)
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
                .unless(
                        !retriesInBroker(delivery, onFailure) || queue.isDurable() && queue.type() != QueueType.STREAM,
                        "onFailure.wait",
                        "broker",
                        "needs a queue that messages can come back to, which neither a transient one nor a stream is",
                        "Set it to memory, or give from.queue a name, and the type classic or quorum")
                .unless(
                        !retriesInBroker(delivery, onFailure)
                                || queue.name() == null
                                || Names.fits(queue.delayed(onFailure.backoff().max())),
                        "from.queue.name",
                        queue.name(),
                        "is too long for the names of the queues in which messages wait between their attempts, which"
                                + " begin with it",
                        "Make it shorter, or set onFailure.wait to memory")
                .raise();
    }

    /**
     * Whether the queue is one that others declare and bind: the route has no filter to bind it by, and does not say
     * that it lives no longer than the route.
     */
    public boolean isOfOthers() {
        return filters.isEmpty() && queue.life() == QueueLife.PERSISTENT;
    }

    /** Whether what a handler has failed waits in the broker for its next attempt. */
    public boolean retriesInBroker() {
        return retriesInBroker(delivery, onFailure);
    }

    private static boolean retriesInBroker(DeliveryMode delivery, FailurePolicy onFailure) {
        return delivery == DeliveryMode.REQUEST
                && onFailure.retryWait() == RetryWait.BROKER
                && onFailure.attempts() > 1;
    }

    private static boolean isPattern(TopicFilter filter) {
        return filter.toString().matches(".*[*#].*");
    }
}
