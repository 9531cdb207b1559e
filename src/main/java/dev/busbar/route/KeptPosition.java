package dev.busbar.route;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.Fetcher;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Topology;
import dev.busbar.cluster.Node;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.BusHeaders;
import dev.busbar.config.ExchangeConfig;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.config.Scope;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Keeps a route's position in its stream on the broker, in a durable queue beside the stream: the last message of that
 * queue is the position. It is written at most once a second, or after {@value #MAX_UNWRITTEN_MOVES} messages, and at a
 * clean stop. Confined to the event loop.
 */
final class KeptPosition {

    private static final Logger LOG = CleanLogger.of(KeptPosition.class);

    private static final long WRITE_INTERVAL_MILLIS = 1_000;
    private static final int MAX_UNWRITTEN_MOVES = 1_000;
    /** After so many writes all messages but the last are removed. */
    private static final int MAX_WRITES_KEPT = 100;

    private final RouteContext shared;
    private final String route;
    private final Topology topology;
    private final Supplier<StreamPosition.Mark> mark;
    private StreamPosition.Mark written;
    private Future<Void> writing = Future.succeededFuture();
    private boolean waiting;
    private boolean failing;
    private boolean stopped;
    private int moves;
    private int kept;

    /** @param mark tells the present position */
    KeptPosition(InboundRoute route, RouteContext shared, Supplier<StreamPosition.Mark> mark) {
        this.shared = shared;
        this.route = route.name();
        this.topology = topology(route, shared.node());
        this.mark = mark;
    }

    /** Returns the queue that keeps the position; {@code null} if it is not kept. */
    static Topology topology(InboundRoute route, Node node) {
        var queue = route.queue();
        if (queue.type() != QueueType.STREAM || queue.life() != QueueLife.PERSISTENT) {
            return null;
        }
        var own = node.isClustered() && route.scope() == Scope.PER_NODE && node.name() != null;
        var name = queue.name() + ".position." + route.name() + (own ? "." + node.name() : "");
        return new Topology(
                new ExchangeConfig("", "direct", true, Map.of()),
                new QueueConfig(name, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of()),
                List.of());
    }

    private String queue() {
        return topology.queue().name();
    }

    /** Reads the position; {@code null} if none is kept. */
    Future<StreamPosition.Mark> read() {
        return takeLast().recover(KeptPosition::noneYet).map(last -> {
            if (last == null) {
                return null;
            }
            try {
                var json = last.message().body().toJsonObject();
                written =
                        new StreamPosition.Mark(json.getLong("next"), json.getLong("delivered"), json.getLong("since"));
                return written;
            } catch (RuntimeException e) {
                throw new RouteException(
                        route,
                        "the last message of queue '" + queue() + "' does not say how far the stream has been read."
                                + " Delete that queue to begin where the argument x-stream-offset says",
                        e);
            }
        });
    }

    /** The queue is declared when the route has started. */
    private static Future<Delivery> noneYet(Throwable failure) {
        return failure instanceof BrokerException known && known.kind() == BrokerException.Kind.NOT_FOUND
                ? Future.succeededFuture()
                : Future.failedFuture(failure);
    }

    /** Reads the last message, and removes all others. */
    private Future<Delivery> takeLast() {
        return shared.consuming()
                .fetcher(topology)
                .compose(fetcher -> takeLast(fetcher, null)
                        .onSuccess(last -> kept = last == null ? 0 : 1)
                        .eventually(fetcher::close));
    }

    private Future<Delivery> takeLast(Fetcher fetcher, Delivery last) {
        return fetcher.next().compose(next -> {
            if (next == null) {
                return Future.succeededFuture(last);
            }
            if (last != null) {
                last.settle(Settlement.ACCEPTED);
            }
            return takeLast(fetcher, next);
        });
    }

    /** The position has moved, and is to be kept soon. */
    void moved() {
        moves++;
        if (stopped || !writing.isComplete()) {
            return;
        }
        if (moves >= MAX_UNWRITTEN_MOVES) {
            write();
        } else if (!waiting) {
            waiting = true;
            shared.vertx().setTimer(WRITE_INTERVAL_MILLIS, id -> {
                waiting = false;
                if (!stopped && writing.isComplete() && moves > 0) {
                    write();
                }
            });
        }
    }

    /** Returns a future that completes when the position is kept, or cannot be. */
    Future<Void> stop() {
        stopped = true;
        return writing.transform(ignored -> {
            var latest = mark.get();
            return latest.equals(written) ? Future.succeededFuture() : publish(latest);
        });
    }

    private void write() {
        moves = 0;
        var latest = mark.get();
        writing = publish(latest).onComplete(ignored -> {
            if (moves > 0) {
                // In a later turn: the write is complete only then.
                shared.context().runOnContext(again -> moved());
            }
        });
    }

    private Future<Void> publish(StreamPosition.Mark latest) {
        var body = new JsonObject()
                .put("next", latest.next())
                .put("delivered", latest.delivered())
                .put("since", latest.since())
                .toBuffer();
        var properties = BusHeaders.fromBus(
                MultiMap.caseInsensitiveMultiMap(),
                "application/json",
                shared.ids().next(),
                true);
        return shared.publisher()
                .send(new BridgeMessage("", queue(), properties, body), true)
                .compose(outcome -> outcome instanceof PublishOutcome.Confirmed ? done(latest) : failed(outcome));
    }

    private Future<Void> done(StreamPosition.Mark latest) {
        written = latest;
        failing = false;
        kept++;
        return kept < MAX_WRITES_KEPT
                ? Future.succeededFuture()
                : takeLast().<Void>mapEmpty().otherwiseEmpty();
    }

    private Future<Void> failed(PublishOutcome outcome) {
        if (outcome instanceof PublishOutcome.Unroutable) {
            shared.publisher().declareAgain("queue '" + queue() + "' is gone");
        }
        if (!failing) {
            failing = true;
            LOG.warn(
                    "route '{}': how far the stream has been read cannot be kept in queue '{}': {}; a restart would"
                            + " begin earlier",
                    route,
                    queue(),
                    outcome.reason());
        }
        moves++;
        return Future.failedFuture(new BrokerException(BrokerException.Kind.REFUSED, outcome.reason()));
    }
}
