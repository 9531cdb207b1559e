package dev.busbar.route;

import dev.busbar.config.InboundRoute;

/** A route from a queue to the event bus. */
interface ConsumingRoute extends Route {

    @Override
    InboundRoute config();

    DeliveryHandling handling();

    /** Returns the route that consumes the queue: this one, or the first of those that share its consumer. */
    Inbound first();

    /** Returns whether the queue has been declared, or compared, and consumed at least once. */
    boolean hasConsumed();
}
