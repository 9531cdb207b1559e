package dev.busbar.config;

import java.time.Duration;
import java.util.List;

/**
 * From the broker to the event bus.
 *
 * @param exchange the exchange the queue is bound to
 * @param filters what the queue is bound by; empty if it is only consumed
 * @param prefetch how many deliveries may be unsettled at a time
 * @param timeout how long a handler may take to reply
 * @param duplicateWindow how many settled message ids are remembered to drop duplicates; 0 for none
 */
public record InboundRoute(
        String name,
        ExchangeConfig exchange,
        List<String> filters,
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
        filters = List.copyOf(filters);
    }
}
