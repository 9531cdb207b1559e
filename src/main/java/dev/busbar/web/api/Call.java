package dev.busbar.web.api;

import dev.busbar.access.Identity;
import dev.busbar.codec.JsonText;
import dev.busbar.codec.UnreadablePayloadException;
import dev.busbar.codec.Utf8;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request to the API, with the client's identity.
 *
 * @param canAuthenticate whether the configuration lets clients authenticate
 */
record Call(RoutingContext context, Identity identity, boolean canAuthenticate) {

    /** Returns status 401 if the client has not authenticated and could, otherwise 403. */
    ApiException forbidden(String what) {
        var status = canAuthenticate && context.request().getHeader("Authorization") == null ? 401 : 403;
        return ApiException.of(status, identity.name() + " may not " + what);
    }

    String path(String name) {
        return context.pathParam(name);
    }

    /** @throws ApiException if the parameter is no whole number from 1 to {@code max} */
    int query(String name, int fallback, int max) {
        var values = context.queryParam(name);
        if (values.isEmpty()) {
            return fallback;
        }
        var text = values.get(0);
        var number = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > max) {
            throw ApiException.badField(name, "'" + text + "' is not a number from 1 to " + max);
        }
        return number;
    }

    /**
     * Returns the body, decoded.
     *
     * @param fields the fields that the body may have
     * @throws ApiException if the body is not a JSON object of these fields; it names any other field
     */
    JsonObject body(Set<String> fields) {
        var object = new JsonObject();
        try {
            members(fields).forEach((name, text) -> object.put(name, text.value()));
            return object;
        } catch (UnreadablePayloadException notJson) {
            throw notJson();
        }
    }

    /** Returns the fields of the body as {@link #body} does, but each value as the client wrote it. */
    Map<String, JsonText> members(Set<String> fields) {
        var type = context.request().getHeader("Content-Type");
        if (type == null || !type.split(";")[0].strip().equalsIgnoreCase("application/json")) {
            throw ApiException.of(415, "the body must be JSON; set the header Content-Type: application/json");
        }
        var buffer = context.body().buffer();
        var members = members(buffer == null ? "null" : text(buffer), fields);
        for (var name : members.keySet()) {
            if (!fields.contains(name)) {
                throw ApiException.badField(name, "there is no such field; there are " + new TreeSet<>(fields));
            }
        }
        return members;
    }

    private static String text(Buffer body) {
        try {
            return Utf8.text(body);
        } catch (UnreadablePayloadException notUtf8) {
            throw ApiException.of(400, "the body is not UTF-8, as JSON has to be");
        }
    }

    private static Map<String, JsonText> members(String text, Set<String> fields) {
        try {
            return JsonText.members(text);
        } catch (UnreadablePayloadException unreadable) {
            try {
                JsonText.of(text);
            } catch (UnreadablePayloadException notJson) {
                throw notJson();
            }
            throw ApiException.of(400, "the body is not a JSON object; it has the fields " + new TreeSet<>(fields));
        }
    }

    private static ApiException notJson() {
        return ApiException.of(400, "the body is not JSON");
    }
}
