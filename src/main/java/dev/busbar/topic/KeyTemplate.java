package dev.busbar.topic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Represents a routing key with placeholders, such as {@code changes.{id}.new}. A placeholder is a whole word or a part
 * of one. Its value must not contain a dot. Immutable.
 */
public final class KeyTemplate {

    private final String template;
    /** Text and names of placeholders in turn; the first and the last part are text. */
    private final List<String> parts;

    private KeyTemplate(String template, List<String> parts) {
        this.template = template;
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if a brace has no partner, a placeholder has no name, or the text around the
     *     placeholders is not that of a routing key
     */
    public static KeyTemplate parse(String template) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
            int close = template.indexOf('}', open);
            if (close < 0) {
                throw fault(template, "the '{' at position " + open + " is not closed; add a '}'");
            }
            String name = template.substring(open + 1, close);
            if (name.isBlank() || name.indexOf('{') >= 0) {
                throw fault(template, "the placeholder at position " + open + " has no proper name; write {name}");
            }
            parts.add(text(template, at, open));
            parts.add(name);
            at = close + 1;
        }
        parts.add(text(template, at, template.length()));
        return new KeyTemplate(template, parts);
    }

    private static String text(String template, int from, int to) {
        String text = template.substring(from, to);
        int stray = text.indexOf('}');
        if (stray >= 0) {
            throw fault(template, "the '}' at position " + (from + stray) + " closes nothing; remove it");
        }
        String problem = Words.problem(text, false);
        if (problem != null) {
            throw fault(template, "its text " + Words.show(text) + " " + problem);
        }
        return text;
    }

    private static IllegalArgumentException fault(String template, String what) {
        return new IllegalArgumentException("key template " + Words.show(template) + ": " + what);
    }

    /** Returns the names of the placeholders, in the order of their first use. */
    public Set<String> placeholders() {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 1; i < parts.size(); i += 2) {
            names.add(parts.get(i));
        }
        return names;
    }

    /**
     * Fills the placeholders. An empty value is valid.
     *
     * @param lookup returns the value for a name, or {@code null} if there is none
     * @return a valid routing key
     * @throws IllegalArgumentException if a placeholder has no value, or one that a word cannot contain, or if the key
     *     is too long
     */
    public String expand(Function<String, String> lookup) {
        if (parts.size() == 1) {
            return template;
        }
        StringBuilder key = new StringBuilder(template.length() + 16).append(parts.get(0));
        for (int i = 1; i < parts.size(); i += 2) {
            String name = parts.get(i);
            key.append(checked(name, lookup.apply(name))).append(parts.get(i + 1));
        }
        if (key.length() > Words.MAX_BYTES) {
            throw fault(
                    template,
                    "the key " + Words.show(key.toString()) + " made from the template is " + key.length()
                            + " bytes long; send shorter values, at most " + Words.MAX_BYTES + " bytes in all");
        }
        return key.toString();
    }

    private String checked(String name, String value) {
        if (value == null) {
            throw fault(template, "{" + name + "} has no value; send a header or a body field of that name");
        }
        if (value.indexOf('.') >= 0) {
            throw fault(
                    template,
                    "the value " + Words.show(value) + " for {" + name
                            + "} has a dot, which would add words to the key; send one without");
        }
        String problem = Words.problem(value, false);
        if (problem != null) {
            throw fault(template, "the value " + Words.show(value) + " for {" + name + "} " + problem);
        }
        return value;
    }

    /** Returns the template as it was written. */
    @Override
    public String toString() {
        return template;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyTemplate that && that.template.equals(template);
    }

    @Override
    public int hashCode() {
        return template.hashCode();
    }
}
