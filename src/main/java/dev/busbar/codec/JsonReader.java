package dev.busbar.codec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses JSON into maps, lists and plain values, in one pass. Thread-safe. */
final class JsonReader {

    /** How deep a value may be nested, read or written. Jackson writes 1,000 levels; the rest is for an envelope. */
    static final int MAX_DEPTH = 900;

    /** Field names are not interned: senders choose them, so there may be any number. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.threadLocalPool())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNestingDepth(MAX_DEPTH)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    /** Writes Jackson's full depth, for bodies with an envelope around them. */
    static final JsonFactory ENVELOPES = FACTORY.rebuild()
            .streamWriteConstraints(StreamWriteConstraints.defaults())
            .build();

    private final boolean kombuTypes;

    /**
     * @param kombuTypes whether to convert objects with {@code __type__} and {@code __value__}; see {@link KombuTypes}
     */
    JsonReader(boolean kombuTypes) {
        this.kombuTypes = kombuTypes;
    }

    /**
     * Reads one JSON value. Moves no index of the buffer if that is backed by an array.
     *
     * @throws JsonProcessingException if the bytes are not exactly one JSON value
     */
    Object read(ByteBuf json) throws JsonProcessingException {
        try (JsonParser parser = json.hasArray()
                ? FACTORY.createParser(json.array(), json.arrayOffset() + json.readerIndex(), json.readableBytes())
                : FACTORY.createParser((InputStream) new ByteBufInputStream(json))) {
            return readAll(parser);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #read(ByteBuf)}. */
    Object read(String json) throws JsonProcessingException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return readAll(parser);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object readAll(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new UnsuitableJsonException("it is empty", parser);
        }
        Object value = value(parser, token);
        if (parser.nextToken() != null) {
            throw new UnsuitableJsonException("more follows after the first value", parser);
        }
        return value;
    }

    private Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            default -> throw new IllegalStateException("no JSON value begins with " + token);
        };
    }

    private Object object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            object.put(name, value(parser, parser.nextToken()));
        }
        return kombuTypes && object.size() == 2 ? KombuTypes.read(object) : object;
    }

    private List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token));
        }
        return array;
    }

    /** Returns a double, as Vert.x does, or a decimal if the number exceeds a double's range. */
    private static Number decimal(JsonParser parser) throws IOException {
        double value = parser.getDoubleValue();
        if (Double.isFinite(value)) {
            return value;
        }
        try {
            return BoundedDecimal.requireBounded(parser.getDecimalValue());
        } catch (IllegalArgumentException e) {
            throw new UnsuitableJsonException("the number " + parser.getText() + " is out of bounds", parser);
        }
    }

    /** Returns why the current number is not JSON, or could not be read again; {@code null} if it can. */
    static String numberProblem(JsonParser parser) throws IOException {
        if (parser.isNaN()) {
            return "the number " + parser.getText() + " is not valid JSON; send null or text";
        }
        try {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
                decimal(parser);
            } else {
                parser.getNumberValue();
            }
            return null;
        } catch (JsonProcessingException e) {
            return e.getOriginalMessage();
        }
    }

    private static final class UnsuitableJsonException extends JsonProcessingException {

        private static final long serialVersionUID = 1L;

        UnsuitableJsonException(String message, JsonParser parser) {
            super(message, parser.currentLocation());
        }
    }
}
