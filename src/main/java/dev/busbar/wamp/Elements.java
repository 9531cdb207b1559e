package dev.busbar.wamp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The elements of one message, each of the kind it has to be. */
record Elements(String message, JsonArray items) {

    /** What JSON numbers hold exactly in every language. */
    private static final long LARGEST_ID = 1L << 53;

    /** @throws ProtocolViolation if there are too few or too many */
    Elements(String message, JsonArray items, int fewest, int most) {
        this(message, items);
        if (items.size() < fewest || items.size() > most) {
            throw new ProtocolViolation(message + " has " + items.size() + " elements and must have " + fewest
                    + (fewest == most ? "" : " to " + most));
        }
    }

    int size() {
        return items.size();
    }

    String text(int at, String name) {
        if (items.getValue(at) instanceof String text) {
            return text;
        }
        throw wrong(at, name, "a text");
    }

    JsonObject object(int at, String name) {
        if (items.getValue(at) instanceof JsonObject object) {
            return object;
        }
        throw wrong(at, name, "an object");
    }

    JsonArray array(int at, String name) {
        if (items.getValue(at) instanceof JsonArray array) {
            return array;
        }
        throw wrong(at, name, "an array");
    }

    long id(int at, String name) {
        var value = items.getValue(at);
        if ((value instanceof Integer || value instanceof Long)
                && ((Number) value).longValue() > 0
                && ((Number) value).longValue() <= LARGEST_ID) {
            return ((Number) value).longValue();
        }
        throw wrong(at, name, "an integer from 1 to 2^53");
    }

    private ProtocolViolation wrong(int at, String name, String what) {
        return new ProtocolViolation(message + ": element " + at + ", the " + name + ", must be " + what + ", not "
                + ClientMessages.shortened(String.valueOf(items.getValue(at))));
    }
}
