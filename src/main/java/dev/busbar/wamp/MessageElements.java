package dev.busbar.wamp;

import dev.busbar.codec.JsonText;
import dev.busbar.codec.UnreadablePayloadException;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Reads the elements of one client message and checks the type of each. */
record MessageElements(String message, List<JsonText> items) {

    /** WAMP's largest id: the largest integer up to which JSON numbers are exact in every language. */
    private static final long MAX_ID = 1L << 53;

    /** @throws ProtocolViolation if there are too few elements or too many */
    MessageElements(String message, List<JsonText> items, int min, int max) {
        this(message, items);
        if (items.size() < min || items.size() > max) {
            throw new ProtocolViolation(message + " has " + items.size() + " elements and must have " + min
                    + (min == max ? "" : " to " + max));
        }
    }

    int size() {
        return items.size();
    }

    String text(int at, String name) {
        if (value(at, name) instanceof String text) {
            return text;
        }
        throw wrong(at, name, "a text");
    }

    JsonObject object(int at, String name) {
        if (value(at, name) instanceof JsonObject object) {
            return object;
        }
        throw wrong(at, name, "an object");
    }

    long id(int at, String name) {
        var id = id(value(at, name));
        if (id > 0) {
            return id;
        }
        throw wrong(at, name, "an integer from 1 to 2^53");
    }

    /** @return the id; {@code 0} if the value is no valid id */
    static long id(Object value) {
        var id = value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : 0;
        return id > 0 && id <= MAX_ID ? id : 0;
    }

    /** Returns an array as the client wrote it. */
    JsonText arrayText(int at, String name) {
        return structure(at, name, '[', "an array");
    }

    /** Returns an object as the client wrote it. */
    JsonText objectText(int at, String name) {
        return structure(at, name, '{', "an object");
    }

    private JsonText structure(int at, String name, char begin, String what) {
        var item = items.get(at);
        if (item.toString().charAt(0) != begin) {
            throw wrong(at, name, what);
        }
        if (item.problem() != null) {
            throw unreadable(at, name, item.problem());
        }
        return item;
    }

    private Object value(int at, String name) {
        try {
            return items.get(at).value();
        } catch (UnreadablePayloadException e) {
            throw unreadable(at, name, e.reason());
        }
    }

    private ProtocolViolation unreadable(int at, String name, String why) {
        return new ProtocolViolation(message + ": element " + at + ", the " + name + ", cannot be read: " + why);
    }

    private ProtocolViolation wrong(int at, String name, String what) {
        return new ProtocolViolation(message + ": element " + at + ", the " + name + ", must be " + what + ", not "
                + ClientMessages.shortened(items.get(at).toString()));
    }
}
