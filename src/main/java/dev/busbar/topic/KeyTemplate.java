package dev.busbar.topic;

import io.vertx.core.MultiMap;

/**
 * Represents a routing key with placeholders, such as {@code changes.{id}.new} or {@code orders.{/customer/id}}. A
 * placeholder is a whole word or a part of one. Its value must not contain a dot. Immutable.
 */
public final class KeyTemplate {

    private final TemplateParts parts;

    private KeyTemplate(TemplateParts parts) {
        this.parts = parts;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if a brace has no partner, a placeholder has no name or is a bad JSON Pointer,
     *     or the text around the placeholders is not that of a routing key
     */
    public static KeyTemplate parse(String template) {
        TemplateParts parts = TemplateParts.parse("key template", template);
        for (String text : parts.texts()) {
            String problem = Words.problem(text, false);
            if (problem != null) {
                throw parts.fault("its text " + Words.show(text) + " " + problem);
            }
        }
        return new KeyTemplate(parts);
    }

    /** Returns whether it has a placeholder that only a JSON body gives a value. */
    public boolean hasPointer() {
        return parts.hasPointer();
    }

    /**
     * Fills the placeholders. An empty value is valid.
     *
     * @param headers of the event bus message
     * @param body of the event bus message
     * @return a valid routing key
     * @throws IllegalArgumentException if a placeholder has no value, or one that a word cannot contain, or if the key
     *     is too long
     */
    public String expand(MultiMap headers, Object body) {
        String key = parts.expand(placeholder -> checked(placeholder, placeholder.valueIn(headers, body)));
        if (key.length() > Words.MAX_BYTES) {
            throw parts.fault("the key " + Words.show(key) + " made from the template is " + key.length()
                    + " bytes long; send shorter values, at most " + Words.MAX_BYTES + " bytes in all");
        }
        return key;
    }

    private String checked(Placeholder placeholder, String value) {
        if (value == null) {
            throw parts.missing(placeholder);
        }
        if (value.indexOf('.') >= 0) {
            throw parts.fault("the value " + Words.show(value) + " for " + placeholder
                    + " has a dot, which would add words to the key; send one without");
        }
        String problem = Words.problem(value, false);
        if (problem != null) {
            throw parts.fault("the value " + Words.show(value) + " for " + placeholder + " " + problem);
        }
        return value;
    }

    /** Returns the template as it was written. */
    @Override
    public String toString() {
        return parts.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyTemplate that && that.parts.equals(parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }
}
