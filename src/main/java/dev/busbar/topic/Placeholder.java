package dev.busbar.topic;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;

/**
 * Stands in a template for a value of a message: {@code id} for the header of that name, or else for the field of that
 * name in the body; {@code /order/id} for the value at that JSON Pointer (RFC 6901) in the body. Immutable.
 *
 * @param name as it is written between the braces
 * @param pointer {@code null} if the name is not a pointer
 */
record Placeholder(String name, JsonPointer pointer) {

    /** Vert.x reads pointers with a regular expression that needs the more stack the longer they are. */
    private static final int MAX_POINTER_LENGTH = 1_000;

    /** @throws IllegalArgumentException if the name begins with a slash and is not a JSON Pointer: says why */
    static Placeholder of(String name) {
        if (!name.startsWith("/")) {
            return new Placeholder(name, null);
        }
        if (name.length() > MAX_POINTER_LENGTH) {
            throw new IllegalArgumentException("is longer than " + MAX_POINTER_LENGTH + " characters; shorten it");
        }
        if (name.startsWith("//")) {
            // Vert.x skips an empty name at the beginning, and would find another value.
            throw new IllegalArgumentException("begins with an empty name, which Busbar cannot reach; write one '/'");
        }
        try {
            return new Placeholder(name, JsonPointer.from(name));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "is not a JSON Pointer; write a '~' within a name as ~0, and a '/' within a name as ~1", refused);
        }
    }

    /** Returns the value as text; {@code null} if the message has none. */
    String valueIn(MultiMap headers, Object body) {
        if (pointer != null) {
            return text(pointer.queryJson(body));
        }
        String header = headers.get(name);
        if (header != null) {
            return header;
        }
        return body instanceof JsonObject json ? text(json.getValue(name)) : null;
    }

    private static String text(Object value) {
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
