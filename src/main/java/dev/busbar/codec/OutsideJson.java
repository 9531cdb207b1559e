package dev.busbar.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON that comes from outside and is no body of a message: with the same bounds as bodies, and numbers as they
 * are there. Vert.x's own reader takes a number beyond a double for infinite, which no body can hold; here only one
 * beyond all bounds is, so that what it is a part of can be refused, and not the frame.
 */
public final class OutsideJson {

    private static final JsonReader READER = new JsonReader(false, true);

    private OutsideJson() {}

    /** @throws DecodeException if this is not one JSON value and nothing else, or is nested too deeply */
    public static Object read(String json) {
        try {
            return wrapped(READER.read(json));
        } catch (JsonProcessingException e) {
            throw failure(e);
        }
    }

    /** As {@link #read(String)}. */
    public static Object read(Buffer json) {
        try {
            return wrapped(READER.read(PayloadCodec.bytes(json).duplicate()));
        } catch (JsonProcessingException e) {
            throw failure(e);
        }
    }

    private static DecodeException failure(JsonProcessingException e) {
        return new DecodeException("not JSON: " + e.getOriginalMessage(), e);
    }

    @SuppressWarnings("unchecked")
    private static Object wrapped(Object value) {
        if (value instanceof Map<?, ?> map) {
            return new JsonObject((Map<String, Object>) map);
        }
        return value instanceof List<?> list ? new JsonArray(list) : value;
    }
}
