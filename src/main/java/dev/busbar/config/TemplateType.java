package dev.busbar.config;

import dev.busbar.topic.TextTemplate;
import java.util.function.UnaryOperator;

/**
 * The type of texts with placeholders, for what AMQP 0-9-1 calls a short string. They may be written as a number too.
 */
final class TemplateType {

    static final Type<TextTemplate> TYPE = new Scalar<>(
            "text with placeholders",
            "a text",
            "\"build {id}\", in quotes",
            raw -> raw instanceof String || raw instanceof Number ? parse(raw.toString()) : null,
            it -> Types.require(
                    !it.isConstant() || TextKind.fitsShortString(it.toString()),
                    it,
                    "is too long",
                    "Use at most 255 bytes"),
            TextTemplate::toString,
            UnaryOperator.identity());

    private TemplateType() {}

    /** @throws InvalidConfigException if the template is bad, or has a control character */
    static TextTemplate parse(String text) {
        Types.requirePrintable(text);
        try {
            return TextTemplate.parse(text);
        } catch (IllegalArgumentException refused) {
            throw new InvalidConfigException(
                    text, "is refused: " + refused.getMessage(), "Write e.g. \"build {id}\", in quotes");
        }
    }
}
