package dev.busbar.web.api;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.QueueDepth;
import dev.busbar.hub.Hub;
import dev.busbar.verticle.ContextCalls;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Caches how many messages and consumers each of a list of queues has. The broker is asked only when a client wants to
 * know, for all queues in one round. However many clients there are, at most one round is under way, and rounds take at
 * most about a tenth of the time. May be used from any thread.
 */
final class Depths {

    private static final Duration MIN_INTERVAL = Duration.ofSeconds(2);
    /** How many times as long as a round took, the next one waits. */
    private static final int INTERVAL_FACTOR = 10;

    private static final long MAX_WAIT_MILLIS = 2_000;
    private static final String NOT_YET = "the broker has not answered yet";

    private final Hub hub;
    private final List<String> queues;
    private final Map<String, JsonObject> known = new ConcurrentHashMap<>();
    private Future<Void> round;
    private long nextRoundNanos = System.nanoTime();

    /** @param queues the names of the queues */
    Depths(Hub hub, List<String> queues) {
        this.hub = hub;
        this.queues = List.copyOf(queues);
    }

    /**
     * Asks the broker again if the last round is long enough ago.
     *
     * @return completes when all depths are known, or after a time-out; never fails
     */
    Future<Void> refresh() {
        Future<Void> awaited;
        synchronized (this) {
            if (round == null || round.isComplete() && System.nanoTime() - nextRoundNanos >= 0) {
                round = ask();
            }
            // Depths that are known already are good enough while the broker is asked again.
            awaited = known.size() == queues.size() ? Future.succeededFuture() : round;
        }
        return ContextCalls.here(
                hub.vertx(),
                awaited.timeout(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty());
    }

    /** Forgets all depths, because messages have been moved. */
    synchronized void expire() {
        known.clear();
        nextRoundNanos = System.nanoTime();
    }

    private Future<Void> ask() {
        var begun = System.nanoTime();
        return hub.withConnections(connections -> Future.join(queues.stream()
                                .map(queue -> ask(connections.consuming(), queue))
                                .toList())
                        .<Void>mapEmpty())
                .otherwiseEmpty()
                .onComplete(ignored -> scheduleNextRound(System.nanoTime() - begun));
    }

    private synchronized void scheduleNextRound(long roundNanos) {
        nextRoundNanos = System.nanoTime() + Math.max(MIN_INTERVAL.toNanos(), roundNanos * INTERVAL_FACTOR);
    }

    private Future<Void> ask(BrokerConnection connection, String queue) {
        return connection
                .depth(queue)
                .map(Depths::json)
                .otherwise(Depths::unknown)
                .map(answer -> {
                    known.put(queue, answer);
                    return null;
                });
    }

    private static JsonObject json(QueueDepth depth) {
        return new JsonObject()
                .put("messages", depth.messages())
                .put("consumers", depth.consumers())
                .put("unknown", null);
    }

    static JsonObject unknown(Throwable failure) {
        return unknown(failure.getMessage());
    }

    static JsonObject unknown(String why) {
        return new JsonObject().put("messages", null).put("consumers", null).put("unknown", why);
    }

    /** Returns the fields {@code messages} and {@code consumers}, or the reason why they are {@code unknown}. */
    JsonObject of(String queue) {
        return known.getOrDefault(queue, unknown(NOT_YET)).copy();
    }
}
