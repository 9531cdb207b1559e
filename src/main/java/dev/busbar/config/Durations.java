package dev.busbar.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations such as {@code 100ms}, {@code 30s}, {@code 5m}, {@code 1h}. */
final class Durations {

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,12}) ?(ms|s|m|h)");
    private static final Map<String, Long> MILLIS = new LinkedHashMap<>();

    static {
        MILLIS.put("h", 3_600_000L);
        MILLIS.put("m", 60_000L);
        MILLIS.put("s", 1_000L);
        MILLIS.put("ms", 1L);
    }

    private Durations() {}

    /** @param range e.g. {@code 1ms to 24h} */
    static Type<Duration> within(String range) {
        Duration min = parse(range.substring(0, range.indexOf(" to ")));
        Duration max = parse(range.substring(range.indexOf(" to ") + 4));
        return new Scalar<>(
                "duration, " + range,
                "a duration",
                "30s (units: ms, s, m, h)",
                raw -> raw instanceof String || raw instanceof Number ? parse(raw.toString()) : null,
                it -> Types.require(
                        it.compareTo(min) >= 0 && it.compareTo(max) <= 0 && it.getNano() % 1_000_000 == 0,
                        it,
                        "is not from " + range + (it.getNano() % 1_000_000 == 0 ? "" : " in whole milliseconds"),
                        "Write a duration in that range"),
                Durations::format,
                UnaryOperator.identity());
    }

    static Duration parse(String text) {
        Matcher match = SHAPE.matcher(text);
        if (!match.matches()) {
            boolean bare = text.matches("\\d+");
            throw new InvalidConfigException(
                    text,
                    bare ? "has no unit" : "is not a duration",
                    "Write a number and ms, s, m or h, e.g. " + (bare ? text + "s" : "30s"));
        }
        return Duration.ofMillis(Long.parseLong(match.group(1)) * MILLIS.get(match.group(2)));
    }

    /** Returns the duration in the largest unit that divides it. */
    static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0) {
            return "0s";
        }
        var unit = MILLIS.entrySet().stream()
                .filter(it -> millis % it.getValue() == 0)
                .findFirst()
                .orElseThrow();
        return millis / unit.getValue() + unit.getKey();
    }
}
