package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** The kinds of names. */
final class Names {

    /** Of routes: they become labels of metrics and parts of URLs. */
    static final Type<String> ROUTE = Types.text(
            "name",
            "finished-builds",
            it -> it.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
            "is not a name",
            "Use up to 100 letters, digits and . _ -, beginning with a letter or digit");

    static final Type<String> QUEUE = Types.text(
            "name, 1 to 255 bytes",
            "finished-builds",
            it -> !it.isEmpty() && fits(it) && !it.startsWith("amq."),
            "is not a name for a queue",
            "Use 1 to 255 bytes that do not begin with amq., which is the broker's");

    static final Type<String> ADDRESS = Types.text("event bus address", "builds.finished");

    static final Type<String> ROLE = Types.text(
            "name",
            "operators",
            it -> it.matches("[A-Za-z0-9][A-Za-z0-9 ._:/@-]{0,99}"),
            "is not a name for a role",
            "Use up to 100 letters, digits and ._:/@-, beginning with a letter or digit");

    /** What browsers may name: routing keys by filter, and the event bus. */
    static final Type<String> BROWSER_ADDRESS = Types.text(
            "event bus address or `mq:` filter",
            "mq:builds.*.finished",
            it -> !it.isEmpty() && filterProblem(it) == null && (it.startsWith("mq:") || !isPattern(it)),
            "is not a filter after mq:, or has wildcards without mq:, or is empty",
            "Write an address, or mq: and words joined by dots, of which one may be * and any number #: mq:builds.#");

    private Names() {}

    /** Whether a word of it is a wildcard; the event bus has none, and such an address would not be what is meant. */
    static boolean isPattern(String address) {
        return List.of(address.split("\\.", -1)).stream().anyMatch(Set.of("*", "#")::contains);
    }

    private static String filterProblem(String address) {
        try {
            if (address.startsWith("mq:")) {
                TopicFilter.parse(address.substring(3));
            }
            return null;
        } catch (IllegalArgumentException refused) {
            return refused.getMessage();
        }
    }

    /** What AMQP 0-9-1 calls a short string. */
    static Type<String> shortString(String example) {
        return Types.text("name, at most 255 bytes", example, Names::fits, "is too long", "Use at most 255 bytes");
    }

    static boolean fits(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= 255;
    }
}
