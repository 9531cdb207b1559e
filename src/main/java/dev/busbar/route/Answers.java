package dev.busbar.route;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.UnreadablePayloadException;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.OutboundRoute;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers to requests made over the broker, on a queue of this route's own that is gone with the connection: a request
 * whose answer is lost that way times out. Bounded by the time-out and the rate of requests; an answer to nothing is
 * dropped.
 */
final class Answers {

    private static final int PREFETCH = 1_000;
    private static final Topology QUEUE = new Topology(
            new ExchangeConfig("", "direct", true, Map.of()),
            new QueueConfig(null, QueueLife.TRANSIENT, QueueType.CLASSIC, Map.of()),
            List.of());

    private final OutboundRoute config;
    private final RouteContext shared;
    /** By correlation id, in the order they were confirmed. */
    private final Map<String, OutboundMessage> pending = new LinkedHashMap<>();

    private final Map<String, Delivery> early = new LinkedHashMap<>();
    private Subscription subscription;
    private Promise<Void> idle;

    Answers(OutboundRoute config, RouteContext shared) {
        this.config = config;
        this.shared = shared;
    }

    Future<Void> start() {
        return shared.consuming()
                .subscribe(new SubscriptionSpec(config.name() + " answers", QUEUE, PREFETCH), this::received)
                .map(live -> {
                    subscription = live;
                    return null;
                });
    }

    /** Says where the answer is wanted, and how to know it. A correlation id of the sender's is kept. */
    BridgeMessage expect(BridgeMessage request) {
        var sent = request.properties();
        var correlation = sent.correlationId() == null ? shared.ids().next() : sent.correlationId();
        var properties = new MessageProperties(
                sent.messageId(),
                correlation,
                subscription.queue(),
                sent.contentType(),
                sent.contentEncoding(),
                sent.timestamp(),
                sent.priority(),
                sent.expiration(),
                sent.type(),
                sent.userId(),
                sent.appId(),
                sent.persistent(),
                sent.headers());
        return new BridgeMessage(request.exchange(), request.routingKey(), properties, request.body());
    }

    void await(OutboundMessage message) {
        pending.put(message.encoded().properties().correlationId(), message);
        var answer = early.remove(message.encoded().properties().correlationId());
        if (answer != null) {
            answer(answer);
        }
    }

    /** An answer may overtake the broker's confirm. */
    private void received(Delivery delivery) {
        var correlation = delivery.message().properties().correlationId();
        if (correlation != null && !pending.containsKey(correlation) && early.size() < PREFETCH / 2) {
            early.put(correlation, delivery);
        } else {
            answer(delivery);
        }
    }

    private void answer(Delivery delivery) {
        var message = pending.remove(delivery.message().properties().correlationId());
        if (message != null) {
            try {
                var body = shared.codec().decode(delivery.message());
                message.answered(
                        body,
                        new DeliveryOptions()
                                .setHeaders(BusHeaders.toBus(delivery.message(), delivery.redelivered(), 1)));
            } catch (UnreadablePayloadException e) {
                message.failed(
                        SendFailure.UNREADABLE,
                        "route '" + config.name() + "': the answer is unreadable: " + e.reason());
            }
        }
        delivery.settle(Settlement.ACCEPTED);
        if (pending.isEmpty() && idle != null) {
            idle.tryComplete();
        }
    }

    void expire(long nowNanos, RouteCounts counts) {
        for (var waiting = pending.values().iterator(); waiting.hasNext(); ) {
            var message = waiting.next();
            if (!message.due(nowNanos)) {
                break;
            }
            waiting.remove();
            counts.count(RouteEvent.TIMED_OUT);
            message.failed(
                    SendFailure.TIMED_OUT,
                    "route '" + config.name() + "': confirmed, but not answered within "
                            + config.timeout().toMillis() + " ms");
        }
        // Nobody confirmed them since the last look: their requests are gone.
        early.values().forEach(delivery -> delivery.settle(Settlement.ACCEPTED));
        early.clear();
    }

    Future<Void> stop(Duration deadline) {
        idle = Promise.promise();
        return (pending.isEmpty()
                        ? Future.<Void>succeededFuture()
                        : Deadlines.within(shared.vertx(), deadline, idle.future()))
                .onComplete(ignored -> {
                    pending.values()
                            .forEach(message -> message.failed(
                                    SendFailure.STOPPED,
                                    "route '" + config.name() + "' was stopped before the answer came"));
                    pending.clear();
                })
                .eventually(() -> subscription == null ? Future.succeededFuture() : subscription.close());
    }
}
