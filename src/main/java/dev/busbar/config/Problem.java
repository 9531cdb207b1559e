package dev.busbar.config;

import dev.busbar.text.Printable;
import java.util.List;
import java.util.Optional;

/**
 * An error in a configuration, or a warning.
 *
 * @param path the path of the value, e.g. {@code routes[1].from.filter}; empty for the whole
 * @param value the value as it may be shown, or {@code null}; never a secret
 * @param message what is wrong with the value
 * @param remedy what a person should do
 * @param line the line in the file, counted from 1; 0 if unknown
 * @param others the paths of other values that the problem is about. If one of these cannot be read, nobody knows
 *     whether there is a problem. A path that ends with a dot also stands for all values below it.
 */
public record Problem(String path, String value, String message, String remedy, int line, List<String> others) {

    private static final int MAX_VALUE_CHARACTERS = 80;

    public Problem {
        if (value != null && value.length() > MAX_VALUE_CHARACTERS) {
            value = value.substring(0, MAX_VALUE_CHARACTERS) + "…";
        }
        others = List.copyOf(others);
    }

    /**
     * Makes a problem of a line that is not known.
     *
     * @param path where, e.g. {@code routes[1].from.filter}; empty for the whole
     * @param value what is there, or {@code null}; never a secret
     * @param message what is wrong with it
     * @param remedy what to do about it
     */
    public Problem(String path, String value, String message, String remedy) {
        this(path, value, message, remedy, 0, List.of());
    }

    /** Returns the problem with the paths of other values that it is about. */
    Problem involving(String... paths) {
        return new Problem(path, value, message, remedy, line, List.of(paths));
    }

    Problem(String path, String value, String message, String remedy, int line) {
        this(path, value, message, remedy, line, List.of());
    }

    Problem under(String parent) {
        var joined = others.stream().map(other -> join(parent, other)).toList();
        return new Problem(join(parent, path), value, message, remedy, line, joined);
    }

    Problem onLine(int number) {
        return new Problem(path, value, message, remedy, number, others);
    }

    static String join(String parent, String child) {
        return parent + (parent.isEmpty() || child.isEmpty() || child.startsWith("[") ? "" : ".") + child;
    }

    /** Returns one line of text with line, path, value, message and remedy. */
    @Override
    public String toString() {
        String where = (line > 0 ? "line " + line + ": " : "") + path;
        String what = Optional.ofNullable(value).map(shown -> " = " + shown).orElse("");
        return Printable.of(where + what + (path.isEmpty() && value == null ? "" : ": ") + sentence(message) + " "
                + sentence(remedy));
    }

    private static String sentence(String text) {
        return text.endsWith("?") || text.endsWith(".") ? text : text + ".";
    }
}
