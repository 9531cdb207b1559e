package dev.busbar.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Splits a template into its text and its placeholders.
 *
 * @param kind what the template is, for messages
 * @param template as it was written
 * @param texts one more than there are placeholders, in turn with them
 */
record TemplateParts(String kind, String template, List<String> texts, List<Placeholder> placeholders) {

    /** @throws IllegalArgumentException if a brace has no partner, or a placeholder has no name or is a bad pointer */
    static TemplateParts parse(String kind, String template) {
        List<String> texts = new ArrayList<>();
        List<Placeholder> placeholders = new ArrayList<>();
        int at = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', at)) {
            int close = template.indexOf('}', open);
            if (close < 0) {
                throw fault(kind, template, "the '{' at position " + open + " is not closed; add a '}'");
            }
            texts.add(text(kind, template, at, open));
            placeholders.add(placeholder(kind, template, open, close));
            at = close + 1;
        }
        texts.add(text(kind, template, at, template.length()));
        return new TemplateParts(kind, template, List.copyOf(texts), List.copyOf(placeholders));
    }

    private static Placeholder placeholder(String kind, String template, int open, int close) {
        String name = template.substring(open + 1, close);
        if (name.isBlank() || name.indexOf('{') >= 0) {
            throw fault(kind, template, "the placeholder at position " + open + " has no proper name; write {name}");
        }
        try {
            return Placeholder.of(name);
        } catch (IllegalArgumentException refused) {
            throw fault(
                    kind,
                    template,
                    "the placeholder at position " + open + ", {" + Words.shortened(name) + "}, "
                            + refused.getMessage());
        }
    }

    private static String text(String kind, String template, int from, int to) {
        String text = template.substring(from, to);
        int stray = text.indexOf('}');
        if (stray >= 0) {
            throw fault(kind, template, "the '}' at position " + (from + stray) + " closes nothing; remove it");
        }
        return text;
    }

    boolean hasPointer() {
        return placeholders.stream().anyMatch(it -> it.pointer() != null);
    }

    /** Joins the text with a value for each placeholder. */
    String expand(Function<Placeholder, String> value) {
        if (placeholders.isEmpty()) {
            return template;
        }
        StringBuilder all = new StringBuilder(template.length() + 16).append(texts.get(0));
        for (int i = 0; i < placeholders.size(); i++) {
            all.append(value.apply(placeholders.get(i))).append(texts.get(i + 1));
        }
        return all.toString();
    }

    IllegalArgumentException missing(Placeholder placeholder) {
        return fault(placeholder + " has no value; " + placeholder.remedy());
    }

    IllegalArgumentException fault(String what) {
        return fault(kind, template, what);
    }

    private static IllegalArgumentException fault(String kind, String template, String what) {
        return new IllegalArgumentException(kind + " " + Words.show(template) + ": " + what);
    }

    /** Returns the template as it was written. */
    @Override
    public String toString() {
        return template;
    }
}
