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
 * The types an application header may have, and each as text. The table in this package's description is compared with
 * it by a test.
 */
enum HeaderType {
    STRING(String.class, "S", "string", "the text itself", text -> text),
    BOOLEAN(Boolean.class, "t", "boolean", "true or false", HeaderType::flag),
    BYTE(Byte.class, "b", "byte", "decimal digits", Byte::valueOf),
    SHORT(Short.class, "s", "short", "decimal digits", Short::valueOf),
    INT(Integer.class, "I", "int", "decimal digits", Integer::valueOf),
    LONG(Long.class, "l", "long", "decimal digits", Long::valueOf),
    FLOAT(Float.class, "f", "float", "as Java writes it", HeaderType::real32),
    DOUBLE(Double.class, "d", "double", "as Java writes it", HeaderType::real64),
    DECIMAL(BigDecimal.class, "D (32 bits, scale to 255)", "decimal128", "as Java writes it", BoundedDecimal::parse),
    TIMESTAMP(Instant.class, "T (seconds)", "timestamp (milliseconds)", "ISO-8601 instant", HeaderType::instant),
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

    /** @return {@code null} if a header cannot have such a value */
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

    /** @return {@code null} if no type is called so */
    static HeaderType named(String label) {
        for (HeaderType type : ALL) {
            if (type.label().equals(label)) {
                return type;
            }
        }
        return null;
    }

    /** As it is written in {@code amqp-header-types}. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isNested() {
        return this == MAP || this == LIST;
    }

    /** Whether the type is what JSON reads back without being told. */
    boolean isPlainJson(Object value) {
        return switch (this) {
            case STRING, BOOLEAN, LONG, MAP, LIST, NULL -> true;
            case DOUBLE -> Double.isFinite((Double) value);
            default -> false;
        };
    }

    /** A value that is neither map nor list, as text. */
    static String format(Object value) {
        return value == null
                ? ""
                : value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString();
    }

    /** @throws RuntimeException of some kind if the text is not of this type */
    Object parse(String value) {
        return parser.apply(value);
    }

    private static Object real32(String text) {
        return finite(Float.valueOf(text), text);
    }

    private static Object real64(String text) {
        return finite(Double.valueOf(text), text);
    }

    /** Infinity is a value; a number too large to be told from it is another. */
    private static Number finite(Number value, String text) {
        if (Double.isInfinite(value.doubleValue()) && !text.contains("Infinity")) {
            throw new IllegalArgumentException("the number is larger than the type holds; decimal holds more");
        }
        return value;
    }

    private static Object flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    /** @throws RuntimeException of some kind if the text is no time, or not one that both AMQP versions can count */
    static Instant instant(String text) {
        Instant instant = OffsetDateTime.parse(text).toInstant();
        try {
            instant.toEpochMilli();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the time is too far from ours: AMQP counts milliseconds in 64 bits");
        }
        return instant;
    }
}
