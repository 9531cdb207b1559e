package dev.busbar.web.api;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerException;
import dev.busbar.deadletter.DeadLetterQueue;
import dev.busbar.deadletter.DeadLetters;
import dev.busbar.deadletter.MoveReport;
import dev.busbar.deadletter.Selection;
import dev.busbar.hub.Hub;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;

/** Lists the queues with dead letters as JSON, shows the messages in them, puts messages back and deletes them. */
final class DeadLettersView {

    private static final int DEFAULT_SHOWN_MESSAGES = 50;
    private static final int MAX_SHOWN_MESSAGES = 200;
    private static final long MAX_SHOWN_BYTES = 4L << 20;
    private static final Set<String> FIELDS = Set.of("tokens", "all", "limit");

    private final List<DeadLetterQueue> queues;
    private final DeadLetters letters;
    private final Depths depths;
    private final DeadMessageView messages;

    DeadLettersView(Hub hub) {
        this.queues = DeadLetterQueue.of(hub.routes());
        this.letters = new DeadLetters(hub.vertx(), hub.config(), new DeadLetters.Connected() {
            @Override
            public <T> Future<T> with(BiFunction<BrokerConnection, BrokerConnection, Future<T>> work) {
                return hub.withConnections(it -> work.apply(it.consuming(), it.publishing()));
            }
        });
        this.depths = new Depths(hub, queues.stream().map(DeadLetterQueue::name).toList());
        this.messages = new DeadMessageView(hub.config());
    }

    Future<JsonObject> list() {
        return depths.refresh().map(ignored -> {
            var listed = new JsonArray();
            queues.forEach(queue -> listed.add(json(queue).mergeIn(depths.of(queue.name()))));
            return new JsonObject().put("queues", listed);
        });
    }

    private static JsonObject json(DeadLetterQueue queue) {
        return new JsonObject()
                .put("name", queue.name())
                .put("then", queue.then().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("routes", new JsonArray(queue.routes()));
    }

    Future<JsonObject> look(Call call) {
        var queue = queue(call);
        return letters.look(queue, call.query("limit", DEFAULT_SHOWN_MESSAGES, MAX_SHOWN_MESSAGES), MAX_SHOWN_BYTES)
                .map(seen -> json(queue)
                        .put("count", seen.depth())
                        .put(
                                "messages",
                                new JsonArray(seen.messages().stream()
                                        .map(messages::json)
                                        .toList())))
                .recover(DeadLettersView::apiFailure);
    }

    Future<JsonObject> requeue(Call call) {
        return moved(letters.requeue(queue(call), selection(call)));
    }

    Future<JsonObject> discard(Call call) {
        return moved(letters.discard(queue(call), selection(call)));
    }

    private Future<JsonObject> moved(Future<MoveReport> moved) {
        return moved.map(DeadLettersView::json)
                .recover(DeadLettersView::apiFailure)
                .onComplete(ignored -> depths.expire());
    }

    private DeadLetterQueue queue(Call call) {
        var name = call.path("queue");
        return queues.stream()
                .filter(queue -> queue.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiException.of(404, "no route leaves dead letters in a queue '" + name + "'"));
    }

    private static Selection selection(Call call) {
        var body = call.body(FIELDS);
        var all = body.getValue("all");
        if (all != null && !(all instanceof Boolean)) {
            throw ApiException.badField("all", "is not true or false");
        }
        if (Boolean.TRUE.equals(all) == body.containsKey("tokens")) {
            throw ApiException.badField("tokens", "write either tokens of messages, or \"all\": true");
        }
        return Boolean.TRUE.equals(all)
                ? new Selection.First(limit(body.getValue("limit")))
                : new Selection.Of(tokens(body));
    }

    private static int limit(Object limit) {
        if (limit == null) {
            return DeadLetters.MAX_MESSAGES;
        }
        if (limit instanceof Integer number && number >= 1 && number <= DeadLetters.MAX_MESSAGES) {
            return number;
        }
        throw ApiException.badField("limit", "is not a number from 1 to " + DeadLetters.MAX_MESSAGES);
    }

    private static List<String> tokens(JsonObject body) {
        if (body.containsKey("limit")) {
            throw ApiException.badField("limit", "is possible only with \"all\": true");
        }
        if (!(body.getValue("tokens") instanceof JsonArray tokens)
                || tokens.isEmpty()
                || tokens.size() > DeadLetters.MAX_MESSAGES
                || !tokens.stream().allMatch(String.class::isInstance)) {
            throw ApiException.badField(
                    "tokens", "is not a list of 1 to " + DeadLetters.MAX_MESSAGES + " tokens of messages");
        }
        return tokens.stream().map(String.class::cast).toList();
    }

    private static JsonObject json(MoveReport report) {
        var failures = new JsonArray();
        report.failures()
                .forEach(it -> failures.add(new JsonObject()
                        .put("token", it.token())
                        .put("key", it.key())
                        .put("reason", it.reason())));
        return new JsonObject()
                .put("moved", report.moved())
                .put("remaining", report.remaining())
                .put("failed", report.failed())
                .put("failures", failures)
                .put("missing", new JsonArray(report.missing()))
                .put("ended", report.ended());
    }

    private static <T> Future<T> apiFailure(Throwable failure) {
        if (failure instanceof BrokerException known) {
            return Future.failedFuture(ApiException.of(
                    switch (known.kind()) {
                        case NOT_FOUND -> 404;
                        case UNREACHABLE, LIMIT -> 503;
                        default -> 502;
                    },
                    known.getMessage()));
        }
        return Future.failedFuture(
                failure instanceof IllegalStateException
                        ? ApiException.of(503, "this node is being stopped")
                        : failure);
    }
}
