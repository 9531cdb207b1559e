package dev.busbar.route;

import dev.busbar.config.InboundRoute;
import dev.busbar.delivery.UndeliveredHandler;
import dev.busbar.route.RouteStatus.Condition;
import io.vertx.core.Future;
import java.time.Duration;

/**
 * An inbound route without a consumer of its own: handles what the route before it passes on. Starts and stops with
 * that one.
 */
final class FollowingRoute implements ConsumingRoute {

    private final InboundRoute config;
    private final Inbound first;
    private final DeliveryHandling handling;
    private volatile boolean stopping;

    /** @param first the route that consumes the queue */
    FollowingRoute(InboundRoute config, RouteContext shared, UndeliveredHandler undeliveredHandler, Inbound first) {
        this.config = config;
        this.first = first;
        this.handling = new DeliveryHandling(config, shared, undeliveredHandler, size -> {});
        first.joinedBy(handling);
    }

    @Override
    public DeliveryHandling handling() {
        return handling;
    }

    @Override
    public Inbound first() {
        return first;
    }

    @Override
    public Future<Void> start() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> stop(Duration deadline) {
        stopping = true;
        handling.stop();
        return handling.whenIdle(deadline);
    }

    @Override
    public boolean hasConsumed() {
        return first.hasConsumed();
    }

    @Override
    public InboundRoute config() {
        return config;
    }

    @Override
    public RouteStatus status() {
        var consuming = first.status();
        Condition condition;
        String detail;
        if (stopping) {
            condition = Condition.STOPPED;
            detail = null;
        } else if (consuming.condition() != Condition.READY && consuming.condition() != Condition.DEGRADED) {
            condition = consuming.condition();
            detail = consuming.detail();
        } else {
            detail = first.obstacle(handling);
            condition = detail == null ? Condition.READY : Condition.DEGRADED;
        }
        return handling.status(condition, detail, 0);
    }
}
