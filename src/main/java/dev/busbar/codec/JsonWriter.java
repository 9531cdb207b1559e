package dev.busbar.codec;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import dev.busbar.config.DatetimeStyle;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.Map;

/** Writes event bus bodies as JSON in UTF-8, in one pass. Thread-safe. */
final class JsonWriter {

    /** The encoding that {@link JsonObject#getBinary} reads. */
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final DatetimeStyle style;
    private final JsonFactory factory;

    JsonWriter(DatetimeStyle style, JsonFactory factory) {
        this.style = style;
        this.factory = factory;
    }

    /**
     * Writes a body.
     *
     * @throws IllegalArgumentException if JSON cannot hold a part of it: names its place and class
     */
    ByteBuf write(Object value) {
        ByteSink sink = new ByteSink();
        try (JsonGenerator generator = factory.createGenerator(sink, JsonEncoding.UTF8)) {
            write(generator, value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body cannot be written as JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sink.bytes();
    }

    private void write(JsonGenerator out, Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof CharSequence text) {
            out.writeString(text.toString());
        } else if (value instanceof Number number) {
            number(out, number);
        } else if (value instanceof Boolean flag) {
            out.writeBoolean(flag);
        } else if (value instanceof JsonObject object) {
            object(out, object.getMap());
        } else if (value instanceof Map<?, ?> map) {
            object(out, map);
        } else if (value instanceof JsonArray array) {
            array(out, array.getList());
        } else if (value instanceof Collection<?> list) {
            array(out, list);
        } else {
            writeOther(out, value);
        }
    }

    private void writeOther(JsonGenerator out, Object value) throws IOException {
        if (value instanceof Instant instant) {
            datetime(out, instant);
        } else if (value instanceof OffsetDateTime datetime) {
            datetime(out, datetime.toInstant());
        } else if (value instanceof ZonedDateTime datetime) {
            datetime(out, datetime.toInstant());
        } else if (value instanceof Date date) {
            datetime(out, Instant.ofEpochMilli(date.getTime()));
        } else if (value instanceof byte[] bytes) {
            out.writeString(BASE64.encodeToString(bytes));
        } else if (value instanceof Buffer buffer) {
            out.writeString(BASE64.encodeToString(buffer.getBytes()));
        } else if (value instanceof JsonText text) {
            out.writeRawValue(text.validText());
        } else if (value instanceof Enum<?> constant) {
            out.writeString(constant.name());
        } else {
            throw unwritable(
                    out,
                    "a " + value.getClass().getName()
                            + "; send JsonObject, JsonArray, String, Buffer, a number, a boolean, Instant or null");
        }
    }

    private void object(JsonGenerator out, Map<?, ?> object) throws IOException {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                throw unwritable(out, "an object with the key " + entry.getKey() + ", which is not a String");
            }
            out.writeFieldName(name);
            write(out, entry.getValue());
        }
        out.writeEndObject();
    }

    private void array(JsonGenerator out, Collection<?> array) throws IOException {
        out.writeStartArray();
        for (Object element : array) {
            write(out, element);
        }
        out.writeEndArray();
    }

    private static void number(JsonGenerator out, Number number) throws IOException {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            out.writeNumber(number.intValue());
        } else if (number instanceof Long whole) {
            out.writeNumber(whole);
        } else if (number instanceof BigDecimal decimal) {
            out.writeNumber(decimal);
        } else if (number instanceof BigInteger whole) {
            out.writeNumber(whole);
        } else if (number instanceof Double || number instanceof Float) {
            if (!Double.isFinite(number.doubleValue())) {
                throw unwritable(out, "the number " + number + ", which JSON does not have; send null or text");
            }
            out.writeNumber(number.toString());
        } else {
            throw unwritable(out, "a " + number.getClass().getName() + "; send Long, Double or BigDecimal");
        }
    }

    private void datetime(JsonGenerator out, Instant instant) throws IOException {
        switch (style) {
            case ISO -> out.writeString(instant.toString());
            case EPOCH -> {
                if (instant.getNano() == 0) {
                    out.writeNumber(instant.getEpochSecond());
                } else {
                    BigDecimal fraction = BigDecimal.valueOf(instant.getNano(), 9);
                    out.writeNumber(BigDecimal.valueOf(instant.getEpochSecond())
                            .add(fraction)
                            .stripTrailingZeros()
                            .toPlainString());
                }
            }
            case KOMBU -> {
                out.writeStartObject();
                out.writeStringField(KombuTypes.TYPE, "datetime");
                out.writeStringField(KombuTypes.VALUE, KombuTypes.format(instant));
                out.writeEndObject();
            }
        }
    }

    /** Adds the place of the failure. The generator counts an element of an array only after writing it. */
    private static IllegalArgumentException unwritable(JsonGenerator out, String what) {
        JsonStreamContext at = out.getOutputContext();
        String place = at.inArray()
                ? at.getParent().pathAsPointer() + "/" + at.getEntryCount()
                : at.pathAsPointer().toString();
        return new IllegalArgumentException(
                "the body" + (place.isEmpty() ? "" : " at " + place) + " cannot be written as JSON: it is " + what);
    }
}
