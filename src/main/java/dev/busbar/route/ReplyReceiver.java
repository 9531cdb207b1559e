package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.SubscriptionState;
import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.delivery.Decoded;
import dev.busbar.delivery.SendFailure;
import dev.busbar.delivery.Timeouts;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Receives the answers to requests that an outbound route has published, on a queue of the route's own. The queue is
 * deleted with the connection, and requests whose answers are lost with it time out. Every request on its way has a
 * correlation id of ours, and the sender's own is put back on the answer; an answer to no request is dropped. Confined
 * to the event loop.
 */
final class ReplyReceiver {

    private static final int PREFETCH = 1_000;
    private static final int MAX_PENDING = 65_536;
    private static final Topology QUEUE = new Topology(
            new ExchangeConfig("", "direct", true, Map.of()),
            new QueueConfig(null, QueueLife.TRANSIENT, QueueType.CLASSIC, Map.of()),
            List.of());

    private final OutboundRoute config;
    private final RouteContext shared;
    private final RouteCounts counts;
    /** By correlation id, in the order accepted, which is that of their deadlines. */
    private final Map<String, OutboundMessage> pending = new LinkedHashMap<>();

    private Subscription subscription;
    private Promise<Void> idle;

    ReplyReceiver(OutboundRoute config, RouteContext shared, RouteCounts counts) {
        this.config = config;
        this.shared = shared;
        this.counts = counts;
    }

    /** @param whenLive called whenever answers can be received again */
    Future<Void> start(Runnable whenLive) {
        return shared.consuming()
                .subscribe(new SubscriptionSpec(config.name() + " answers", QUEUE, PREFETCH), this::received)
                .map(opened -> {
                    subscription = opened;
                    opened.onStateChange(state -> {
                        if (state instanceof SubscriptionState.Active) {
                            whenLive.run();
                        }
                    });
                    return null;
                });
    }

    /** Returns whether there is a queue for answers now; its name may change with the connection. */
    boolean live() {
        return subscription != null && subscription.state() instanceof SubscriptionState.Active;
    }

    /** Expects the answer to a request. Returns whether there was room for one more. */
    boolean expect(OutboundMessage request) {
        if (pending.size() >= MAX_PENDING) {
            return false;
        }
        pending.put(request.correlationId(), request);
        return true;
    }

    /** Returns the request as it is sent now, with the queue for its answer. */
    BridgeMessage addressed(OutboundMessage request) {
        var message = request.encoded();
        return pending.containsKey(request.correlationId())
                ? new BridgeMessage(
                        message.exchange(),
                        message.routingKey(),
                        message.properties().toBuilder()
                                .replyTo(subscription.queue())
                                .correlationId(request.correlationId())
                                .build(),
                        message.body())
                : message;
    }

    /** The request has failed, and its answer is not wanted any more. */
    void forget(OutboundMessage request) {
        pending.remove(request.correlationId());
        tellIdle();
    }

    private void received(Delivery delivery) {
        var request = pending.remove(delivery.message().properties().correlationId());
        if (request != null) {
            answer(request, delivery);
        }
        delivery.settle(Settlement.ACCEPTED);
        tellIdle();
    }

    private void answer(OutboundMessage request, Delivery delivery) {
        var decoded = Decoded.of(delivery, shared.codec(), shared.maxMessageBytes());
        if (decoded.problem() != null) {
            unreadable(request, decoded.problem());
            return;
        }
        try {
            var headers = BusHeaders.toBus(delivery.message(), delivery.redelivered(), 1);
            var own = request.encoded().properties().correlationId();
            headers.remove(BusHeaders.CORRELATION_ID);
            if (own != null) {
                headers.set(BusHeaders.CORRELATION_ID, own);
            }
            request.answered(decoded.body(), new DeliveryOptions().setHeaders(headers));
        } catch (IllegalArgumentException e) {
            unreadable(request, "unreadable: " + e.getMessage());
        }
    }

    private void unreadable(OutboundMessage request, String why) {
        counts.count(RouteEvent.UNREADABLE);
        request.failed(SendFailure.UNREADABLE, "route '" + config.name() + "': the answer cannot be given: " + why);
    }

    void expire(long nowNanos) {
        for (var waiting = pending.values().iterator(); waiting.hasNext(); ) {
            var request = waiting.next();
            if (!request.due(nowNanos)) {
                break;
            }
            waiting.remove();
            counts.count(RouteEvent.TIMED_OUT);
            request.failed(
                    SendFailure.TIMED_OUT,
                    "route '" + config.name() + "': confirmed, but not answered within "
                            + config.timeout().toMillis() + " ms");
        }
        tellIdle();
    }

    private void tellIdle() {
        if (pending.isEmpty() && idle != null) {
            idle.tryComplete();
        }
    }

    Future<Void> stop(Duration deadline) {
        idle = Promise.promise();
        tellIdle();
        return Timeouts.within(shared.vertx(), deadline, idle.future()).eventually(() -> {
            pending.values()
                    .forEach(request -> request.failed(
                            SendFailure.STOPPED, "route '" + config.name() + "' was stopped before the answer came"));
            pending.clear();
            return subscription == null ? Future.succeededFuture() : subscription.close();
        });
    }
}
