package dev.busbar.config;

import dev.busbar.topic.BodyPointer;
import java.util.List;
import java.util.stream.Stream;

/**
 * A condition that a message meets by one of its values.
 *
 * @param header {@code null} if the value is in the body
 * @param pointer {@code null} if the value is a header
 * @param value {@code null} if the condition is another one
 * @param oneOf empty if the condition is another one
 * @param prefix {@code null} if the condition is another one
 * @param exists {@code null} if the condition is another one
 */
@ConfigSection(
        title = "Conditions",
        intro = "A message has to meet all of them to reach a handler: see [messages.md](messages.md#conditions-of-an-"
                + "inbound-route). Each names one value, by `header` or `pointer`, and says one thing about it, by"
                + " `equals`, `in`, `prefix` or `exists`. Values are compared as text; a value that is missing equals"
                + " nothing.")
public record ConditionConfig(
        @ConfigKey(
                text = TextKind.CONDITION_HEADER,
                whenAbsent = "a `pointer`",
                doc = "The name of a header, or of a property as the event bus has it, e.g. `amqp-type`.")
        String header,

        @ConfigKey(whenAbsent = "a `header`", doc = "A JSON Pointer to a value in a JSON body.")
        BodyPointer pointer,

        @ConfigKey(name = "equals", text = TextKind.VALUE, whenAbsent = OTHER, doc = "What the value has to be.")
        String value,

        @ConfigKey(name = "in", text = TextKind.VALUE, doc = "What the value may be.")
        List<String> oneOf,

        @ConfigKey(text = TextKind.VALUE, whenAbsent = OTHER, doc = "What the value has to begin with.")
        String prefix,

        @ConfigKey(whenAbsent = OTHER, doc = "Whether the message has to have the value, or must not have it.")
        Boolean exists) {

    private static final String OTHER = "another condition";

    public ConditionConfig {
        oneOf = List.copyOf(oneOf);
        RecordSection.check(ConditionConfig.class, header, pointer, value, oneOf, prefix, exists);
        long conditions = Stream.of(value != null, !oneOf.isEmpty(), prefix != null, exists != null)
                .filter(it -> it)
                .count();
        new Findings()
                .unless(
                        (header == null) != (pointer == null),
                        "",
                        null,
                        header == null ? "names no value" : "names two values",
                        "Give it either a header or a pointer",
                        "header",
                        "pointer")
                .unless(
                        conditions == 1,
                        "",
                        null,
                        conditions == 0 ? "says nothing about its value" : "says several things about its value",
                        "Give it one of equals, in, prefix and exists; several conditions are several items",
                        "equals",
                        "in",
                        "prefix",
                        "exists")
                .raise();
    }

    /**
     * Returns whether a value meets the condition.
     *
     * @param found {@code null} if the message has none
     */
    public boolean isMet(String found) {
        if (exists != null) {
            return exists == (found != null);
        }
        if (found == null) {
            return false;
        }
        return value != null ? found.equals(value) : prefix != null ? found.startsWith(prefix) : oneOf.contains(found);
    }
}
