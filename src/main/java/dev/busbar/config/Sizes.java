package dev.busbar.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes numbers of bytes such as {@code 64MiB} (1024), {@code 10MB} (1000), {@code 512KiB} or plain numbers.
 */
final class Sizes {

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,15}) ?([a-z]*)");
    private static final Map<String, Long> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("GiB", 1L << 30);
        UNITS.put("MiB", 1L << 20);
        UNITS.put("KiB", 1L << 10);
        UNITS.put("GB", 1_000_000_000L);
        UNITS.put("MB", 1_000_000L);
        UNITS.put("KB", 1_000L);
        UNITS.put("B", 1L);
        UNITS.put("", 1L);
    }

    private Sizes() {}

    /** @param range e.g. {@code 1KiB to 64MiB} */
    static Type<Long> within(String range) {
        long min = parse(range.substring(0, range.indexOf(" to ")));
        long max = parse(range.substring(range.indexOf(" to ") + 4));
        return new Scalar<>(
                "size, " + range,
                "a size",
                "64MiB (units: KiB, MiB, GiB, KB, MB, GB, or plain bytes)",
                raw -> raw instanceof String || Types.longOf(raw) != null ? parse(raw.toString()) : null,
                it -> Types.require(it >= min && it <= max, it, "is not from " + range, "Write a size in that range"),
                Sizes::format,
                UnaryOperator.identity());
    }

    static long parse(String text) {
        Matcher match = SHAPE.matcher(text.toLowerCase(Locale.ROOT));
        Long unit = match.matches()
                ? UNITS.entrySet().stream()
                        .filter(it -> it.getKey().toLowerCase(Locale.ROOT).equals(match.group(2)))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(null)
                : null;
        if (unit == null) {
            throw new InvalidConfigException(
                    text, "is not a size", "Write bytes, or a number and KiB, MiB, GiB, KB, MB or GB, e.g. 64MiB");
        }
        long number = Long.parseLong(match.group(1));
        return number > Long.MAX_VALUE / unit ? Long.MAX_VALUE : number * unit;
    }

    /** Returns the size in the largest binary unit that divides it. */
    static String format(long bytes) {
        return UNITS.entrySet().stream()
                .filter(it -> it.getKey().endsWith("iB") && bytes > 0 && bytes % it.getValue() == 0)
                .map(it -> bytes / it.getValue() + it.getKey())
                .findFirst()
                .orElse(bytes + "B");
    }
}
