package dev.busbar.mq;

import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the fields of a request to the control address; a failure names the field that is wrong. */
record ControlRequest(JsonObject fields, String action) {

    private static final Map<String, Set<String>> ACTIONS = Map.of(
            "produce", Set.of("key", "body", "headers"),
            "startConsuming", Set.of("filter", "address", "name"),
            "stopConsuming", Set.of("consumer"),
            "persistentNames", Set.of(),
            "removePersistent", Set.of("name"));

    static ControlRequest of(Object body) {
        if (!(body instanceof JsonObject fields)) {
            throw bad("the body must be a JSON object with an action");
        }
        if (!(fields.getValue("action") instanceof String action) || !ACTIONS.containsKey(action)) {
            throw bad("action: must be one of " + String.join(", ", new TreeSet<>(ACTIONS.keySet())));
        }
        for (var field : fields.fieldNames()) {
            if (!field.equals("action") && !ACTIONS.get(action).contains(field)) {
                throw bad("'" + field + "' is unknown; " + action + " takes "
                        + (ACTIONS.get(action).isEmpty()
                                ? "nothing else"
                                : String.join(", ", new TreeSet<>(ACTIONS.get(action)))));
            }
        }
        return new ControlRequest(fields, action);
    }

    private static RuntimeException bad(String reason) {
        return ControlFailure.BAD_REQUEST.because(reason);
    }

    String text(String field) {
        if (fields.getValue(field) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw bad(field + ": " + action + " needs a text that is not empty");
    }

    /** {@code null} if it is not given. */
    String optional(String field) {
        return fields.getValue(field) == null ? null : text(field);
    }

    RoutingKey key() {
        try {
            return RoutingKey.parse(text("key"));
        } catch (IllegalArgumentException e) {
            throw bad("key: " + e.getMessage());
        }
    }

    TopicFilter filter() {
        try {
            return TopicFilter.parse(text("filter"));
        } catch (IllegalArgumentException e) {
            throw bad("filter: " + e.getMessage());
        }
    }

    Object body() {
        if (!fields.containsKey("body")) {
            throw bad("body: is missing; give any JSON, null too");
        }
        return fields.getValue("body");
    }

    MultiMap headers() {
        var headers = MultiMap.caseInsensitiveMultiMap();
        var given = fields.getValue("headers");
        if (given != null && !(given instanceof JsonObject)) {
            throw bad("headers: must be an object of names and values");
        }
        if (given instanceof JsonObject all) {
            for (var header : all) {
                var value = header.getValue();
                if (value == null || value instanceof JsonObject || value instanceof JsonArray) {
                    throw bad("headers." + header.getKey() + ": must be a text, a number, true or false");
                }
                headers.add(header.getKey(), value.toString());
            }
        }
        return headers;
    }
}
