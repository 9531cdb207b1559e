package dev.busbar.config;

import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Checks the arguments that RabbitMQ defines. A number or a boolean may be written as a text, as the environment has
 * it, and reaches the broker as a number or boolean. Other arguments are passed on as they are written.
 */
final class KnownArguments {

    private static final long MAX_TIME_MILLIS = 4_294_967_295L;
    private static final Pattern AGE = Pattern.compile("[0-9]+[YMDhms]");
    private static final Pattern DIGITS = Pattern.compile("[+-]?[0-9]{1,19}");

    private static final Map<String, Function<Object, Object>> TYPES = Map.ofEntries(
            Map.entry("x-message-ttl", whole(0, MAX_TIME_MILLIS)),
            Map.entry("x-expires", whole(1, MAX_TIME_MILLIS)),
            Map.entry("x-max-length", whole(0, Long.MAX_VALUE)),
            Map.entry("x-max-length-bytes", whole(0, Long.MAX_VALUE)),
            Map.entry("x-max-in-memory-length", whole(0, Long.MAX_VALUE)),
            Map.entry("x-max-in-memory-bytes", whole(0, Long.MAX_VALUE)),
            Map.entry("x-max-priority", whole(0, 255)),
            Map.entry("x-delivery-limit", whole(-1, Long.MAX_VALUE)),
            Map.entry("x-consumer-timeout", whole(1, MAX_TIME_MILLIS)),
            Map.entry("x-consumer-disconnected-timeout", whole(1, MAX_TIME_MILLIS)),
            Map.entry("x-delayed-retry-min", whole(0, MAX_TIME_MILLIS)),
            Map.entry("x-delayed-retry-max", whole(0, MAX_TIME_MILLIS)),
            Map.entry("x-delayed-retry-type", KnownArguments::text),
            Map.entry("x-quorum-initial-group-size", whole(1, Integer.MAX_VALUE)),
            Map.entry("x-quorum-target-group-size", whole(1, Integer.MAX_VALUE)),
            Map.entry("x-initial-cluster-size", whole(1, Integer.MAX_VALUE)),
            Map.entry("x-stream-max-segment-size-bytes", whole(1, Integer.MAX_VALUE)),
            Map.entry("x-stream-filter-size-bytes", whole(16, 255)),
            Map.entry("x-queue-version", whole(1, 2)),
            Map.entry("x-single-active-consumer", KnownArguments::bool),
            Map.entry("x-overflow", choice("drop-head", "reject-publish", "reject-publish-dlx")),
            Map.entry("x-queue-mode", choice("default", "lazy")),
            Map.entry("x-dead-letter-strategy", choice("at-most-once", "at-least-once")),
            Map.entry("x-max-age", KnownArguments::age),
            Map.entry("x-stream-offset", KnownArguments::offset),
            Map.entry("x-dead-letter-exchange", KnownArguments::text),
            Map.entry("x-dead-letter-routing-key", KnownArguments::text),
            Map.entry("alternate-exchange", KnownArguments::text),
            Map.entry("x-delayed-type", KnownArguments::text));

    private KnownArguments() {}

    /**
     * @param value the value as it is written
     * @return the value as the broker needs it
     * @throws InvalidConfigException if the broker would refuse the value
     */
    static Object typed(String name, Object value) {
        Function<Object, Object> type = TYPES.get(name);
        return type == null ? value : type.apply(value);
    }

    private static Function<Object, Object> whole(long min, long max) {
        return value -> {
            Long number = number(value);
            if (number == null) {
                throw new InvalidConfigException(
                        String.valueOf(value), "must be a whole number", "Write digits, e.g. " + Math.max(min, 1_000));
            }
            if (number < min || number > max) {
                throw new InvalidConfigException(
                        String.valueOf(value),
                        max == Long.MAX_VALUE ? "is less than " + min : "is not from " + min + " to " + max,
                        "Write a number in that range");
            }
            return number == number.intValue() ? (Object) number.intValue() : (Object) number;
        };
    }

    /** @return {@code null} if the value is no whole number, or has more than 64 bits */
    private static Long number(Object value) {
        try {
            if (value instanceof String text && DIGITS.matcher(text.strip()).matches()) {
                return Long.valueOf(text.strip());
            }
        } catch (NumberFormatException e) {
            return null;
        }
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        return value instanceof Double real && real == Math.rint(real) && Math.abs(real) < 1L << 53
                ? (Long) real.longValue()
                : null;
    }

    private static Object bool(Object value) {
        if (value instanceof String text && text.strip().matches("(?i)true|false")) {
            return Boolean.valueOf(text.strip());
        }
        if (value instanceof Boolean) {
            return value;
        }
        throw new InvalidConfigException(String.valueOf(value), "must be true or false", "Write true");
    }

    private static Function<Object, Object> choice(String... allowed) {
        return value -> {
            for (String one : allowed) {
                if (one.equals(value)) {
                    return value;
                }
            }
            throw new InvalidConfigException(
                    String.valueOf(value), "is not one of " + String.join(", ", allowed), "Write one of them");
        };
    }

    private static Object age(Object value) {
        if (value instanceof String text && AGE.matcher(text).matches()) {
            return value;
        }
        throw new InvalidConfigException(
                String.valueOf(value), "is not an age", "Write a number and one of Y, M, D, h, m, s, e.g. 7D");
    }

    /** Reads the offset of a stream: a number, also as a text, counts messages; any other text is a name or a time. */
    private static Object offset(Object value) {
        Long number = number(value);
        if (number == null) {
            return text(value);
        }
        return number == number.intValue() ? (Object) number.intValue() : (Object) number;
    }

    private static Object text(Object value) {
        if (value instanceof String text) {
            Types.requirePrintable(text);
            return value;
        }
        throw new InvalidConfigException(String.valueOf(value), "must be a text", "Put it in quotes");
    }
}
