package dev.busbar.route;

import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.delivery.ConfirmedPublisher;
import dev.busbar.delivery.MoveAway;
import dev.busbar.delivery.MovedHeaders;
import dev.busbar.delivery.Undelivered;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Moves a delivery to a durable queue that nobody consumes, {@code QUEUE.retry.MILLISECONDS}, from where the broker
 * passes it back to the route's queue when that time is over. RabbitMQ looks at the first message of a queue only, so
 * each pause has a queue of its own. The queues are quorum queues: only they remove a message after the other queue has
 * confirmed it.
 */
final class DelayQueue extends MoveAway {

    /** Says under which routing key a queue dead-letters; without it, under the one by which a message has come. */
    static final String KEY_ARGUMENT = "x-dead-letter-routing-key";

    private static final String DEFAULT_EXCHANGE = "";

    private final String name;

    DelayQueue(InboundRoute route, Duration pause, ConfirmedPublisher publisher) {
        super(route.name(), publisher);
        this.name = route.queue().delayed(pause);
    }

    /** Returns the queues for all pauses that a route's {@code onFailure} has. */
    static List<Topology> topologies(InboundRoute route) {
        return route.onFailure().pauses().stream()
                .map(pause -> topology(route.queue(), pause))
                .toList();
    }

    static List<String> names(InboundRoute route) {
        return route.onFailure().pauses().stream().map(route.queue()::delayed).toList();
    }

    private static Topology topology(QueueConfig queue, Duration pause) {
        return new Topology(
                new ExchangeConfig(DEFAULT_EXCHANGE, "direct", true, Map.of()),
                new QueueConfig(
                        queue.delayed(pause),
                        QueueLife.PERSISTENT,
                        QueueType.QUORUM,
                        Map.of(
                                "x-message-ttl",
                                Math.toIntExact(pause.toMillis()),
                                "x-dead-letter-exchange",
                                DEFAULT_EXCHANGE,
                                KEY_ARGUMENT,
                                queue.name(),
                                "x-dead-letter-strategy",
                                "at-least-once",
                                "x-overflow",
                                "reject-publish")),
                List.of());
    }

    @Override
    protected String exchange() {
        return DEFAULT_EXCHANGE;
    }

    @Override
    protected String routingKey(BridgeMessage message) {
        return name;
    }

    @Override
    protected void mark(Map<String, Object> headers, Undelivered undelivered) {
        headers.put(MovedHeaders.FAILURES, undelivered.attempts());
    }

    /** The message comes back to a handler, which is to get all that was sent. */
    @Override
    protected boolean isWhole() {
        return true;
    }
}
