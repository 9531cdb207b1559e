package dev.busbar.config;

import dev.busbar.text.Printable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The types of single values. */
final class Types {

    static final Type<Boolean> BOOLEAN = new Scalar<>(
            "`true`, `false`", "true or false", "true", Types::booleanOf, it -> {}, it -> it, UnaryOperator.identity());

    static final Type<Secret> SECRET = new Scalar<>(
            "secret text",
            "a text",
            "${PASSWORD} to take it from the environment, or put it in quotes",
            raw -> raw instanceof String text ? new Secret(text) : null,
            it -> {},
            Secret::reveal,
            null);

    private Types() {}

    /** A text that is not empty. */
    static Type<String> text(String describe, String example) {
        return text(describe, example, it -> !it.isEmpty(), "is empty", "Write e.g. " + example);
    }

    static Type<String> text(String describe, String example, Predicate<String> good, String message, String remedy) {
        return text(describe, example, text -> {
            requirePrintable(text);
            require(good.test(text), text, message, remedy);
        });
    }

    /** A text that may be empty, and may be written as a number or boolean. */
    static Type<String> value(String describe) {
        return new Scalar<>(
                describe,
                "a text, a number, true or false",
                "\"text\"",
                raw -> raw instanceof String || raw instanceof Number || raw instanceof Boolean ? raw.toString() : null,
                Types::requirePrintable,
                it -> it,
                UnaryOperator.identity());
    }

    private static Type<String> text(String describe, String example, Consumer<String> check) {
        return new Scalar<>(
                describe,
                "a text",
                example.isEmpty() ? "\"text\"" : "\"" + example + "\", in quotes",
                raw -> raw instanceof String text ? text : null,
                check,
                it -> it,
                UnaryOperator.identity());
    }

    /** The path of a file or folder. */
    static Type<String> path(String describe, String example) {
        return text(describe, example, path -> {
            requireNameable(path);
            requirePrintable(path);
            require(!path.isEmpty(), path, "is empty", "Write e.g. " + example);
        });
    }

    private static void requireNameable(String path) {
        try {
            Path.of(path);
        } catch (InvalidPathException e) {
            if (path.indexOf(0) >= 0) {
                return;
            }
            throw new InvalidConfigException(
                    path,
                    "has a character that this process cannot use in the name of a file, as its locale lacks it",
                    "Start it with a locale of UTF-8, e.g. LC_ALL=C.UTF-8, or use a path in ASCII");
        }
    }

    /** Refuses control characters: brokers accept them in names, and nobody finds such a thing by its name again. */
    static void requirePrintable(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            if (!Printable.isHarmless(character)) {
                throw new InvalidConfigException(
                        text,
                        String.format(
                                "has the %s character U+%04X at position %d, e.g. a line break",
                                Character.isISOControl(character) ? "control" : "invisible", character, i),
                        "Leave it out; a text in YAML that begins with | or > has a line break at its end");
            }
        }
    }

    /** @param range e.g. {@code 1 to 65535} */
    static Type<Integer> integer(String range) {
        int min = Integer.parseInt(range.substring(0, range.indexOf(" to ")));
        int max = Integer.parseInt(range.substring(range.indexOf(" to ") + 4));
        return new Scalar<>(
                "integer, " + range,
                "an integer",
                String.valueOf(min),
                raw -> {
                    ServiceVariables.refuse(raw);
                    Long number = longOf(raw);
                    // A number that no int can hold is out of any range; saturate it, because a cast would make it
                    // small.
                    return number == null
                            ? null
                            : (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, number));
                },
                it -> require(
                        it >= min && it <= max && (it != Integer.MAX_VALUE || max == it),
                        it,
                        "is not from " + range,
                        "Write an integer in that range"),
                it -> it,
                UnaryOperator.identity());
    }

    /** A choice of an enum's constants, written in kebab case. */
    static <E> Type<E> choice(Class<E> type) {
        var names = Stream.of(type.getEnumConstants())
                .map(it -> kebab((Enum<?>) it))
                .toList();
        Function<Object, E> parse = raw -> {
            // YAML reads true and false as booleans.
            String text = raw instanceof Boolean && names.contains(raw.toString()) ? raw.toString() : asText(raw);
            if (text == null) {
                return null;
            }
            int index = names.indexOf(text);
            if (index < 0) {
                throw new InvalidConfigException(
                        text,
                        "is not one of " + String.join(", ", names),
                        Suggestions.near(text, names)
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("Write one of them"));
            }
            return type.getEnumConstants()[index];
        };
        return new Scalar<>(
                "`" + String.join("`, `", names) + "`",
                "one of " + String.join(", ", names),
                names.get(0),
                parse,
                it -> {},
                it -> kebab((Enum<?>) it),
                UnaryOperator.identity());
    }

    private static String asText(Object raw) {
        return raw instanceof String text ? text : null;
    }

    /** A text that {@code parse} reads; its {@link IllegalArgumentException} is reported as a problem. */
    static <T> Type<T> parsed(String describe, String example, Function<String, T> parse) {
        return new Scalar<>(
                describe,
                "a text",
                "\"" + example + "\", in quotes",
                raw -> raw instanceof String text ? parsed(text, parse, example) : null,
                it -> {},
                Object::toString,
                UnaryOperator.identity());
    }

    private static <T> T parsed(String text, Function<String, T> parse, String example) {
        try {
            return parse.apply(text);
        } catch (InvalidConfigException refused) {
            throw refused;
        } catch (IllegalArgumentException refused) {
            throw new InvalidConfigException(text, "is refused: " + refused.getMessage(), "Write e.g. " + example);
        }
    }

    /** {@code UNTIL_STOP} as {@code until-stop}. */
    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static void require(boolean good, Object value, String message, String remedy) {
        if (!good) {
            throw new InvalidConfigException(String.valueOf(value), message, remedy);
        }
    }

    private static Boolean booleanOf(Object raw) {
        return raw instanceof Boolean is ? is : "true".equals(raw) ? Boolean.TRUE : "false".equals(raw) ? false : null;
    }

    /** Returns an integral number, or digits in a text, as a {@code Long}, saturated; {@code null} for all else. */
    static Long longOf(Object raw) {
        boolean integral = raw instanceof Number && !(raw instanceof Double || raw instanceof Float);
        if (!integral && !(raw instanceof String) || !raw.toString().matches("-?\\d+")) {
            return null;
        }
        String digits = raw.toString();
        return digits.length() <= 18 ? Long.valueOf(digits) : digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
