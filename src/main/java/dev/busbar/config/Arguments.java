package dev.busbar.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * Reads the arguments that are passed to the broker: texts, numbers, booleans, lists and maps of them. Each number has
 * one form, so that equal arguments are equal: {@code Integer} if it can hold the number, else {@code Long};
 * {@code Double}. {@link KnownArguments} have the types that the broker needs.
 */
final class Arguments implements Type<Map<String, Object>> {

    static final Arguments TYPE = new Arguments();

    private Arguments() {}

    /** @throws InvalidConfigException if an argument is of another type */
    static Map<String, Object> copyOf(Map<String, Object> arguments) {
        return copyOf("arguments", arguments);
    }

    /**
     * @param path the path of the arguments, for problems
     * @throws InvalidConfigException if an argument is of another type
     */
    static Map<String, Object> copyOf(String path, Map<String, Object> arguments) {
        try {
            return known(arguments);
        } catch (InvalidConfigException refused) {
            throw refused.under(path);
        }
    }

    private static Map<String, Object> known(Map<?, ?> arguments) {
        return each(arguments, (name, value) -> {
            Types.requirePrintable(name);
            return KnownArguments.typed(name, plain(value));
        });
    }

    private static Map<String, Object> section(Map<?, ?> arguments) {
        return each(arguments, (name, value) -> {
            Types.requirePrintable(name);
            return plain(value);
        });
    }

    /** @throws InvalidConfigException with the problems of all arguments */
    private static Map<String, Object> each(Map<?, ?> arguments, BiFunction<String, Object, Object> reading) {
        Map<String, Object> read = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        arguments.forEach((key, value) -> {
            try {
                read.put(key.toString(), reading.apply(key.toString(), value));
            } catch (InvalidConfigException refused) {
                problems.addAll(refused.under(key.toString()).problems());
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidConfigException("", problems);
        }
        return Collections.unmodifiableMap(read);
    }

    static Object plain(Object value) {
        if (value instanceof String text) {
            Types.requirePrintable(text);
        }
        if (value instanceof String || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return section(map);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Arguments::plain).collect(Collectors.toUnmodifiableList());
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            long number = ((Number) value).longValue();
            return number == (int) number ? (Object) (int) number : (Object) number;
        }
        if ((value instanceof Double || value instanceof Float) && Double.isFinite(((Number) value).doubleValue())) {
            return ((Number) value).doubleValue();
        }
        throw new InvalidConfigException(
                value instanceof Number ? value.toString() : null,
                "cannot be an argument",
                "Use a text, a number of at most 64 bits, true, false, a list or a map");
    }

    @Override
    public String describe() {
        return "map";
    }

    @Override
    public boolean emptyIsAbsent() {
        return true;
    }

    @Override
    public Optional<Map<String, Object>> read(Value value) {
        if (!(value.raw() instanceof Map<?, ?> map)) {
            if (value.raw() != Variables.UNRESOLVED) {
                value.report(null, "must be a map, not " + value.kind(), "Write e.g. {x-max-length: 1000}");
            }
            return Optional.empty();
        }
        if (isUnresolved(map)) {
            return Optional.empty();
        }
        try {
            return Optional.of(known(map));
        } catch (InvalidConfigException refused) {
            value.report(refused);
            return Optional.empty();
        }
    }

    private static boolean isUnresolved(Object raw) {
        return raw == Variables.UNRESOLVED
                || raw instanceof Map<?, ?> map && map.values().stream().anyMatch(Arguments::isUnresolved)
                || raw instanceof List<?> list && list.stream().anyMatch(Arguments::isUnresolved);
    }

    @Override
    public Object write(Map<String, Object> arguments, boolean reveal) {
        return arguments;
    }
}
