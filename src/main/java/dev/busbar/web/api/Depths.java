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
 * How much is in each of some queues, asked for when somebody wants to know, and for all at once: however many do, the
 * broker has at most one round of questions to answer, and a tenth of the time at that. From any thread.
 */
final class Depths {

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final int REST = 10;
    private static final long PATIENCE_MILLIS = 2_000;
    private static final String NOT_YET = "the broker has not said so yet";

    private final Hub hub;
    private final List<String> queues;
    private final Map<String, JsonObject> known = new ConcurrentHashMap<>();
    private Future<Void> round;
    private long next = System.nanoTime();

    /** @param queues by name */
    Depths(Hub hub, List<String> queues) {
        this.hub = hub;
        this.queues = List.copyOf(queues);
    }

    /** @return at the latest when they are known, or the broker takes its time over them; never fails */
    Future<Void> refresh() {
        Future<Void> awaited;
        synchronized (this) {
            if (round == null || round.isComplete() && System.nanoTime() - next >= 0) {
                round = ask();
            }
            // What is known already will do while it is asked for again.
            awaited = known.size() == queues.size() ? Future.succeededFuture() : round;
        }
        return ContextCalls.here(
                hub.vertx(),
                awaited.timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty());
    }

    /** What is known now will not do. */
    synchronized void expire() {
        known.clear();
        next = System.nanoTime();
    }

    private Future<Void> ask() {
        var begun = System.nanoTime();
        return hub.withConnections(connections -> Future.join(queues.stream()
                                .map(queue -> ask(connections.consuming(), queue))
                                .toList())
                        .<Void>mapEmpty())
                .otherwiseEmpty()
                .onComplete(ignored -> rest(System.nanoTime() - begun));
    }

    private synchronized void rest(long took) {
        next = System.nanoTime() + Math.max(FRESH.toNanos(), took * REST);
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

    /** The fields {@code messages} and {@code consumers}, or why they are {@code unknown}. */
    JsonObject of(String queue) {
        return known.getOrDefault(queue, unknown(NOT_YET)).copy();
    }
}
