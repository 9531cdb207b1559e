package dev.busbar.topic;

import io.vertx.core.MultiMap;

/**
 * Represents a text with placeholders as {@link KeyTemplate} has them, of which a message makes any text at all.
 * Immutable.
 */
public final class TextTemplate {

    private final TemplateParts parts;

    private TextTemplate(TemplateParts parts) {
        this.parts = parts;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if a brace has no partner, or a placeholder has no name or is a bad JSON Pointer
     */
    public static TextTemplate parse(String template) {
        return new TextTemplate(TemplateParts.parse("template", template));
    }

    /** Returns whether it has no placeholder, so that its text is the same for every message. */
    public boolean isConstant() {
        return parts.placeholders().isEmpty();
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
     * @throws IllegalArgumentException if a placeholder has no value
     */
    public String expand(MultiMap headers, Object body) {
        return parts.expand(placeholder -> {
            String value = placeholder.valueIn(headers, body);
            if (value == null) {
                throw parts.missing(placeholder);
            }
            return value;
        });
    }

    /** Fills the placeholders; returns {@code null} if one has no value. */
    public String expandOrNull(MultiMap headers, Object body) {
        boolean complete = parts.placeholders().stream().allMatch(it -> it.valueIn(headers, body) != null);
        return complete ? expand(headers, body) : null;
    }

    /** Returns the template as it was written. */
    @Override
    public String toString() {
        return parts.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TextTemplate that && that.parts.equals(parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }
}
