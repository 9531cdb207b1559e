package dev.busbar.config;

import dev.busbar.topic.TextTemplate;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The value of an application header that a route sets: a text with placeholders, or else a number or boolean that is
 * the same for every message.
 */
public final class HeaderValue {

    static final Type<HeaderValue> TYPE = new Scalar<>(
            "text with placeholders, number, `true`, `false`",
            "a text, a number, true or false",
            "\"build {id}\", in quotes",
            raw -> raw instanceof Map || raw instanceof List ? null : of(raw),
            it -> {},
            it -> it.constant == null ? it.template.toString() : it.constant,
            UnaryOperator.identity());

    /** {@code null} if the value is a constant. */
    private final TextTemplate template;

    private final Object constant;

    private HeaderValue(TextTemplate template, Object constant) {
        this.template = template;
        this.constant = constant;
    }

    /**
     * Returns the value that is written so.
     *
     * @param written a {@code String}, {@code Boolean}, {@code Integer}, {@code Long} or finite {@code Double}; other
     *     numbers are turned into these
     * @throws InvalidConfigException if it is something else, or a bad template
     */
    public static HeaderValue of(Object written) {
        Object plain = Arguments.plain(written);
        Types.require(
                !(plain instanceof List || plain instanceof Map),
                null,
                "cannot be the value of a header",
                "Use a text, a number, true or false");
        return plain instanceof String text
                ? new HeaderValue(TemplateType.parse(text), null)
                : new HeaderValue(null, plain);
    }

    /** Returns whether only a JSON body gives it a value. */
    boolean hasPointer() {
        return template != null && template.hasPointer();
    }

    /**
     * Returns the value for a message.
     *
     * @throws IllegalArgumentException if a placeholder has no value
     */
    public Object of(MultiMap headers, Object body) {
        return template == null ? constant : template.expand(headers, body);
    }

    /** Returns the value for a message; {@code null} if a placeholder has no value. */
    public Object orNull(MultiMap headers, Object body) {
        return template == null ? constant : template.expandOrNull(headers, body);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeaderValue that && that.toString().equals(toString()) && sameType(that);
    }

    private boolean sameType(HeaderValue that) {
        return template == null
                ? that.template == null && constant.getClass() == that.constant.getClass()
                : that.template != null;
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return template == null ? constant.toString() : template.toString();
    }
}
