package dev.busbar.web.api;

import dev.busbar.access.BrowserHeaders;
import dev.busbar.codec.JsonText;
import dev.busbar.delivery.SendFailure;
import dev.busbar.hub.Hub;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Publishes messages that clients send to the API, under the client's permissions. */
final class Messages {

    private static final Set<String> FIELDS = Set.of("key", "body", "headers");

    private final Hub hub;

    Messages(Hub hub) {
        this.hub = hub;
    }

    Future<JsonObject> publish(Call call) {
        var message = call.members(FIELDS);
        var key = key(value(message, "key"));
        if (!call.identity().permissions().mayProduce(key)) {
            throw call.forbidden("produce to mq:" + key + "; a role must permit it");
        }
        var body = message.get("body");
        if (body == null) {
            throw ApiException.badField("body", "is missing; write any JSON value, e.g. null");
        }
        if (body.problem() != null) {
            throw ApiException.badField("body", "is not JSON: " + body.problem());
        }
        return hub.produce(key, body, headers(value(message, "headers")))
                .map(confirmed -> new JsonObject().put("confirmed", true).put("key", key.toString()))
                .recover(failure -> Future.failedFuture(apiFailure(failure)));
    }

    private static Object value(Map<String, JsonText> message, String name) {
        var written = message.get(name);
        if (written != null && written.problem() != null) {
            throw ApiException.badField(name, "is not JSON: " + written.problem());
        }
        return written == null ? null : written.value();
    }

    private static RoutingKey key(Object value) {
        if (!(value instanceof String text)) {
            throw ApiException.badField("key", "is missing; write a routing key, e.g. builds.17.finished");
        }
        try {
            return RoutingKey.parse(text);
        } catch (IllegalArgumentException notAKey) {
            throw ApiException.badField("key", notAKey.getMessage());
        }
    }

    private static MultiMap headers(Object value) {
        var headers = MultiMap.caseInsensitiveMultiMap();
        if (value == null) {
            return headers;
        }
        if (!(value instanceof JsonObject all)) {
            throw ApiException.badField("headers", "is not an object of names and values");
        }
        for (var header : all) {
            if (header.getValue() == null
                    || header.getValue() instanceof JsonObject
                    || header.getValue() instanceof JsonArray) {
                throw ApiException.badField("headers." + header.getKey(), "is not a text, a number, true or false");
            }
            try {
                BrowserHeaders.add(headers, header.getKey(), header.getValue().toString());
            } catch (IllegalArgumentException forbidden) {
                throw ApiException.badField("headers." + header.getKey(), forbidden.getMessage());
            }
        }
        return headers;
    }

    private static Throwable apiFailure(Throwable failure) {
        if (!(failure instanceof ReplyException reply)) {
            return failure;
        }
        var kind = Arrays.stream(SendFailure.values())
                .filter(it -> it.code() == reply.failureCode())
                .findFirst()
                .orElse(SendFailure.STOPPED);
        return ApiException.of(
                switch (kind) {
                    case UNREADABLE -> 400;
                    case UNROUTABLE, REFUSED -> 502;
                    case BUFFER_FULL, STOPPED -> 503;
                    case TIMED_OUT -> 504;
                },
                reply.getMessage());
    }
}
