package dev.busbar.codec;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.Map;

/** Converts the typed values that kombu writes into JSON as {@code {"__type__": …, "__value__": …}}. */
final class KombuTypes {

    static final String TYPE = "__type__";
    static final String VALUE = "__value__";

    /** Python's isoformat: the offset is optional and may have seconds. Any character may stand in place of the T. */
    private static final DateTimeFormatter DATETIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM:ss", "Z")
            .optionalEnd()
            .toFormatter();

    private KombuTypes() {}

    /**
     * Returns the value that the object stands for, or the object itself if it has another form or an unknown type.
     *
     * @throws UnreadablePayloadException if the value is not of the type that the object names
     */
    static Object read(Map<String, Object> object) {
        if (!(object.get(TYPE) instanceof String type) || !object.containsKey(VALUE)) {
            return object;
        }
        Object value = object.get(VALUE);
        try {
            if (value instanceof String text) {
                return switch (type) {
                    case "datetime" -> datetime(text);
                    case "date", "time" -> text;
                    case "decimal" -> decimal(text, object);
                    case "bytes" -> Buffer.buffer(text);
                    case "base64" -> Buffer.buffer(Base64.getDecoder().decode(text));
                    default -> object;
                };
            }
            return type.equals("uuid") && value instanceof Map<?, ?> parts ? uuid(parts) : object;
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw new UnreadablePayloadException(
                    "a value is marked as a kombu " + type + " but is not one: " + e.getMessage());
        }
    }

    private static Instant datetime(String text) {
        String iso = text.length() > 10 ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        TemporalAccessor read = DATETIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from);
        return read instanceof OffsetDateTime datetime
                ? datetime.toInstant()
                : ((LocalDateTime) read).toInstant(ZoneOffset.UTC);
    }

    /** Leaves NaN and infinities, which a {@code BigDecimal} cannot hold, as the object that kombu has written. */
    private static Object decimal(String text, Map<String, Object> object) {
        return text.chars().anyMatch(c -> c == 'N' || c == 'I') ? object : BoundedDecimal.parse(text);
    }

    private static String uuid(Map<?, ?> parts) {
        if (!(parts.get("hex") instanceof String hex) || !hex.matches("[0-9a-fA-F]{32}")) {
            throw new IllegalArgumentException("'hex' must be 32 hexadecimal digits");
        }
        return hex.substring(0, 8)
                + '-'
                + hex.substring(8, 12)
                + '-'
                + hex.substring(12, 16)
                + '-'
                + hex.substring(16, 20)
                + '-'
                + hex.substring(20);
    }

    /** Writes a time so that every version of Python's {@code fromisoformat} reads it: with six decimals or none. */
    static String format(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS)
                .atOffset(ZoneOffset.UTC)
                .format(instant.getNano() < 1000 ? WHOLE_SECONDS : MICROS);
    }

    private static final DateTimeFormatter WHOLE_SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'");
}
