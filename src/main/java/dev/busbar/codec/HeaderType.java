package dev.busbar.codec;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Lists the types that an application header may have, and how each is written as text. A test compares the table in
 * this package's description with it.
 */
enum HeaderType {
    STRING(String.class, "S", "string", "the text itself", text -> text),
    BOOLEAN(Boolean.class, "t", "boolean", "true or false", HeaderType::parseBoolean),
    BYTE(Byte.class, "b", "byte", "decimal digits", Byte::valueOf),
    SHORT(Short.class, "s", "short", "decimal digits", Short::valueOf),
    INT(Integer.class, "I", "int", "decimal digits", Integer::valueOf),
    LONG(Long.class, "l", "long", "decimal digits", Long::valueOf),
    FLOAT(Float.class, "f", "float", "as Java writes it", HeaderType::parseFloat),
    DOUBLE(Double.class, "d", "double", "as Java writes it", HeaderType::parseDouble),
    DECIMAL(BigDecimal.class, "D (32 bits, scale to 255)", "decimal128", "as Java writes it", BoundedDecimal::parse),
    TIMESTAMP(Instant.class, "T (seconds)", "timestamp (milliseconds)", "ISO-8601 instant", HeaderType::parseInstant),
    BYTES(byte[].class, "x", "binary", "base64", Base64.getDecoder()::decode),
    MAP(Map.class, "F", "map in message-annotations", "JSON object", null),
    LIST(List.class, "A", "list in message-annotations", "JSON array", null),
    NULL(Void.class, "V", "null", "empty", text -> null);

    final Class<?> javaType;
    final String amqp091;
    final String amqp10;
    final String text;
    private final Function<String, Object> parser;

    HeaderType(Class<?> javaType, String amqp091, String amqp10, String text, Function<String, Object> parser) {
        this.javaType = javaType;
        this.amqp091 = amqp091;
        this.amqp10 = amqp10;
        this.text = text;
        this.parser = parser;
    }

    private static final HeaderType[] ALL = values();

    /** Returns the type of a value; {@code null} if a header cannot have such a value. */
    static HeaderType of(Object value) {
        if (value == null) {
            return NULL;
        }
        for (HeaderType type : ALL) {
            if (type.javaType.isInstance(value)) {
                return type;
            }
        }
        return null;
    }

    /** Returns the type with this {@link #label}; {@code null} if there is none. */
    static HeaderType named(String label) {
        for (HeaderType type : ALL) {
            if (type.label().equals(label)) {
                return type;
            }
        }
        return null;
    }

    /** Returns the name of the type in the header {@code amqp-header-types}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isNested() {
        return this == MAP || this == LIST;
    }

    /** Returns whether JSON shows the type of the value, so that it need not be noted. */
    boolean isPlainJson(Object value) {
        return switch (this) {
            case STRING, BOOLEAN, LONG, MAP, LIST, NULL -> true;
            case DOUBLE -> Double.isFinite((Double) value);
            default -> false;
        };
    }

    /** Returns a value that is neither map nor list as text. */
    static String format(Object value) {
        return value == null
                ? ""
                : value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString();
    }

    /**
     * Reads a value of this type, which must not be nested.
     *
     * @throws IllegalArgumentException or a {@link java.time.DateTimeException} if the text is not of this type
     */
    Object parse(String value) {
        return parser.apply(value);
    }

    private static Object parseFloat(String text) {
        return requireInRange(Float.valueOf(text), text);
    }

    private static Object parseDouble(String text) {
        return requireInRange(Double.valueOf(text), text);
    }

    /** Accepts infinity if it is written as such, and refuses numbers that are only too large. */
    private static Number requireInRange(Number value, String text) {
        if (Double.isInfinite(value.doubleValue()) && !text.contains("Infinity")) {
            throw new IllegalArgumentException("the number is larger than the type holds; decimal holds more");
        }
        return value;
    }

    private static Object parseBoolean(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    /**
     * Reads an ISO-8601 time with an offset.
     *
     * @throws IllegalArgumentException or a {@link java.time.DateTimeException} if the text is not a time, or AMQP
     *     cannot hold it
     */
    static Instant parseInstant(String text) {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        try {
            instant.toEpochMilli();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the time is too far from ours: AMQP counts milliseconds in 64 bits");
        }
        return instant;
    }
}
