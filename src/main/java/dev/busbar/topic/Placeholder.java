package dev.busbar.topic;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;

/**
 * Stands in a template for a value of a message: {@code id} for the header of that name, or else for the field of that
 * name in the body; {@code /order/id} for the value at that JSON Pointer (RFC 6901) in the body. Immutable.
 *
 * @param name as it is written between the braces
 * @param pointer {@code null} if the name is not a pointer
 */
record Placeholder(String name, BodyPointer pointer) {

    /** @throws IllegalArgumentException if the name begins with a slash and is not a JSON Pointer: says why */
    static Placeholder of(String name) {
        return new Placeholder(name, name.startsWith("/") ? BodyPointer.parse(name) : null);
    }

    /** Returns the value as text; {@code null} if the message has none. */
    String valueIn(MultiMap headers, Object body) {
        if (pointer != null) {
            return pointer.textIn(body);
        }
        String header = headers.get(name);
        if (header != null) {
            return header;
        }
        Object value = body instanceof JsonObject json ? json.getValue(name) : null;
        return value == null ? null : value.toString();
    }

    /** Returns what a sender has to do about a missing value, as the rest of a sentence. */
    String remedy() {
        return pointer == null
                ? "send a header or a body field of that name"
                : "send a JSON body that has one at this place";
    }

    /** Returns the placeholder as a template has it. */
    @Override
    public String toString() {
        return "{" + name + "}";
    }
}
