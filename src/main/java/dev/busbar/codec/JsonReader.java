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

/** One pass from bytes to maps and lists. */
final class JsonReader {

    /** As deep as a value may be nested that is read or written: Jackson writes 1000, and something may go around. */
    static final int MAX_DEPTH = 900;

    /** Names are shared but not interned: they are the sender's, and there may be many. */
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

    /** The same, which writes deeper: for what is put around a body. */
    static final JsonFactory ENVELOPES = FACTORY.rebuild()
            .streamWriteConstraints(StreamWriteConstraints.defaults())
            .build();

    private final boolean kombuTypes;

    /** @param kombuTypes whether objects with {@code __type__} and {@code __value__} become what they stand for */
    JsonReader(boolean kombuTypes) {
        this.kombuTypes = kombuTypes;
    }

    /** @throws JsonProcessingException if this is not one JSON value and nothing else */
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
            throw new Unfit("it is empty", parser);
        }
        Object value = value(parser, token);
        if (parser.nextToken() != null) {
            throw new Unfit("more follows after the first value", parser);
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

    /** A double, as everywhere in Vert.x, but not at the price of infinity. */
    private static Number decimal(JsonParser parser) throws IOException {
        double value = parser.getDoubleValue();
        if (Double.isFinite(value)) {
            return value;
        }
        try {
            return BoundedDecimal.within(parser.getDecimalValue());
        } catch (IllegalArgumentException e) {
            throw new Unfit("the number " + parser.getText() + " is beyond all bounds", parser);
        }
    }

    /** What keeps a number from being JSON, or from being read again; {@code null} if nothing does. */
    static String problem(JsonParser parser) throws IOException {
        if (parser.isNaN()) {
            return "the number " + parser.getText() + " is none that JSON has; send null or text";
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

    private static final class Unfit extends JsonProcessingException {

        private static final long serialVersionUID = 1L;

        Unfit(String message, JsonParser parser) {
            super(message, parser.currentLocation());
        }
    }
}
