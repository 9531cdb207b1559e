package dev.busbar.broker.amqp10;

import dev.busbar.codec.PayloadCodec;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Decimal128;
import org.apache.qpid.proton.amqp.Decimal32;
import org.apache.qpid.proton.amqp.Decimal64;
import org.apache.qpid.proton.amqp.DescribedType;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedByte;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.UnsignedShort;

/**
 * Converts the values of headers to types of AMQP 1.0 and back. A value whose type has no like among the Java types of
 * headers is read as the nearest: an unsigned number as the next wider type (a ulong beyond a long as a decimal), char,
 * symbol and uuid as strings, an array as a list, and a described value as the value that it describes.
 */
final class HeaderValues {

    private HeaderValues() {}

    /** Whether a value is the same object as a header and in AMQP 1.0. */
    static boolean isSame(Object value) {
        return value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Integer
                || value instanceof Long
                || value instanceof Double
                || value instanceof Float
                || value instanceof Short
                || value instanceof Byte;
    }

    static boolean isNested(Object value) {
        return value instanceof Map || value instanceof List;
    }

    /**
     * Converts the value of a header.
     *
     * @throws IllegalArgumentException naming the header, if AMQP 1.0 has no such value
     */
    static Object toAmqp(String name, Object value) {
        if (isSame(value)) {
            return value;
        } else if (value instanceof Instant instant) {
            return MessageMapping.date("header '" + name + "'", instant);
        } else if (value instanceof byte[] bytes) {
            return new Binary(bytes);
        } else if (value instanceof BigDecimal decimal) {
            return decimal(name, decimal);
        } else if (value instanceof Map<?, ?> map) {
            var converted = new LinkedHashMap<String, Object>();
            map.forEach((key, inner) -> converted.put(key.toString(), toAmqp(name, inner)));
            return converted;
        } else if (value instanceof List<?> list) {
            var converted = new ArrayList<Object>(list.size());
            list.forEach(inner -> converted.add(toAmqp(name, inner)));
            return converted;
        }
        throw new IllegalArgumentException("header '" + name + "': AMQP 1.0 has no type for a "
                + value.getClass().getName() + "; use a type listed with dev.busbar.codec");
    }

    private static Decimal128 decimal(String name, BigDecimal value) {
        try {
            return Decimals.toAmqp(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("header '" + name + "': " + e.getMessage());
        }
    }

    /**
     * Converts a received value.
     *
     * @throws IllegalArgumentException if the value is nested too deeply, or of an unknown type
     */
    static Object fromAmqp(Object value) {
        return isSame(value) ? value : fromAmqp(value, 0);
    }

    private static Object fromAmqp(Object value, int depth) {
        if (isSame(value)) {
            return value;
        } else if (value instanceof Binary binary) {
            var start = binary.getArrayOffset();
            return Arrays.copyOfRange(binary.getArray(), start, start + binary.getLength());
        } else if (value instanceof Date date) {
            return date.toInstant();
        } else if (value instanceof Symbol || value instanceof UUID || value instanceof Character) {
            return value.toString();
        } else if (value instanceof Number number) {
            return number(number);
        } else if (depth >= PayloadCodec.MAX_DEPTH) {
            throw new IllegalArgumentException("is nested more than " + PayloadCodec.MAX_DEPTH + " levels deep");
        }
        return nested(value, depth + 1);
    }

    private static Number number(Number value) {
        if (value instanceof UnsignedByte) {
            return value.shortValue();
        } else if (value instanceof UnsignedShort) {
            return value.intValue();
        } else if (value instanceof UnsignedInteger) {
            return value.longValue();
        } else if (value instanceof UnsignedLong) {
            return value.longValue() >= 0 ? (Number) value.longValue() : new BigDecimal(value.toString());
        } else if (value instanceof Decimal128 decimal) {
            return Decimals.fromAmqp(decimal);
        } else if (value instanceof Decimal64 decimal) {
            return Decimals.fromAmqp(decimal);
        } else if (value instanceof Decimal32 decimal) {
            return Decimals.fromAmqp(decimal);
        }
        throw unknown(value);
    }

    private static Object nested(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            var converted = new LinkedHashMap<String, Object>();
            map.forEach((key, inner) -> converted.put(String.valueOf(key), fromAmqp(inner, depth)));
            return converted;
        } else if (value instanceof Collection<?> list) {
            var converted = new ArrayList<Object>(list.size());
            list.forEach(inner -> converted.add(fromAmqp(inner, depth)));
            return converted;
        } else if (value instanceof DescribedType described) {
            return fromAmqp(described.getDescribed(), depth);
        } else if (value.getClass().isArray()) {
            var converted = new ArrayList<Object>(Array.getLength(value));
            for (int i = 0; i < Array.getLength(value); i++) {
                converted.add(fromAmqp(Array.get(value, i), depth));
            }
            return converted;
        }
        throw unknown(value);
    }

    private static IllegalArgumentException unknown(Object value) {
        return new IllegalArgumentException(
                "has a value of the unknown type " + value.getClass().getName());
    }
}
