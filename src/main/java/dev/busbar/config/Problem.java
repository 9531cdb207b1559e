package dev.busbar.config;

import dev.busbar.text.Printable;
import java.util.List;
import java.util.Optional;

/**
 * One thing that is wrong with a configuration, or worth a warning.
 *
 * @param path where, e.g. {@code routes[1].from.filter}; empty for the whole
 * @param value what is there, or {@code null}; never a secret
 * @param message what is wrong with it
 * @param remedy what to do about it
 * @param line the line in the file, counted from 1; 0 if unknown
 * @param others the paths of what else it is about: where one of these cannot be read, there is no telling whether it
 *     is a problem. A path that ends with a dot stands for all below it too.
 */
public record Problem(String path, String value, String message, String remedy, int line, List<String> others) {

    private static final int LONGEST_VALUE = 80;

    public Problem {
        if (value != null && value.length() > LONGEST_VALUE) {
            value = value.substring(0, LONGEST_VALUE) + "…";
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

    /** One that is about more than its path. */
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

    /** One line for people: line, path, value, message and remedy. */
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
