package dev.busbar.topic;

import io.vertx.core.json.pointer.JsonPointer;

/** Points to a value within the JSON body of a message by a JSON Pointer (RFC 6901). Immutable. */
public final class BodyPointer {

    /** In characters: more than any document needs. */
    private static final int MAX_LENGTH = 1_000;

    private final String text;
    private final JsonPointer pointer;

    private BodyPointer(String text, JsonPointer pointer) {
        this.text = text;
        this.pointer = pointer;
    }

    /** @throws IllegalArgumentException if it is not a JSON Pointer: says why, as the rest of a sentence */
    public static BodyPointer parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is longer than " + MAX_LENGTH + " characters; shorten it");
        }
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("is not a JSON Pointer; begin it with a '/'");
        }
        if (text.startsWith("//")) {
            // Vert.x skips an empty name at the beginning, and would find another value.
            throw new IllegalArgumentException("begins with an empty name, which Busbar cannot reach; write one '/'");
        }
        try {
            return new BodyPointer(text, JsonPointer.from(text));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "is not a JSON Pointer; write a '~' within a name as ~0, and a '/' within a name as ~1", refused);
        }
    }

    /** Returns the value in an event bus body as text; {@code null} if there is none, or it is {@code null}. */
    public String textIn(Object body) {
        Object value = pointer.queryJson(body);
        return value == null ? null : value.toString();
    }

    /** Returns the pointer as it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BodyPointer that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
