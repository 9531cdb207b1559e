package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The kinds of texts: what each has to be, and how problems and the reference page say so. */
enum TextKind {
    TEXT(Types.text("text", "busbar")),
    USER(Types.text("user name", "alice")),
    ISSUER(Types.text("text", "https://login.example.org")),
    CLAIM(Types.text("claim", "realm_access.roles")),
    ADDRESS(Types.text("event bus address", "builds.finished")),
    CLUSTER(Types.text("name", "busbar")),

    PEM_FILE(Types.path("path of a PEM file", "/etc/busbar/ca.pem")),
    PUBLIC_KEY_FILE(Types.path("path of a PEM file", "/etc/busbar/jwt.pem")),
    HTPASSWD_FILE(Types.path("path of a file", "/etc/busbar/htpasswd")),
    CLUSTER_FILE(Types.path("path", "hazelcast.xml")),
    STORE(Types.path("`memory`, or a folder", "data/broker")),

    /** Names of routes become labels of metrics and parts of URLs. */
    ROUTE(
            "name",
            "finished-builds",
            it -> it.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
            "is not a name",
            "Use up to 100 letters, digits and . _ -, beginning with a letter or digit"),
    BROKER(
            "name",
            "headquarters",
            it -> it.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
            "is not a name for a broker",
            "Use up to 100 letters, digits and . _ -, beginning with a letter or digit"),
    ROLE(
            "name",
            "operators",
            it -> it.matches("[A-Za-z0-9][A-Za-z0-9 ._:/@-]{0,99}"),
            "is not a name for a role",
            "Use up to 100 letters, digits and ._:/@-, beginning with a letter or digit"),
    QUEUE(
            "name, 1 to 255 bytes",
            "finished-builds",
            it -> !it.isEmpty() && fitsShortString(it) && !it.startsWith("amq."),
            "is not a name for a queue",
            "Use 1 to 255 bytes that do not begin with amq., which is the broker's"),
    CONSUMER_TAG(
            "tag, 1 to 255 bytes",
            "busbar",
            it -> !it.isEmpty() && fitsShortString(it),
            "is not a consumer tag",
            "Use 1 to 255 bytes"),
    EXCHANGE("name, at most 255 bytes", "", TextKind::fitsShortString, "is too long", "Use at most 255 bytes"),
    ROUTING_KEY(
            "routing key without wildcards, 1 to 255 bytes",
            "failed.builds",
            it -> !it.isEmpty() && !isPattern(it) && isFilter(it),
            "is not a routing key that a queue can be bound by",
            "Write words joined by dots, at most 255 bytes, without * and #"),
    EXCHANGE_TYPE(
            "`topic`, `direct`, `fanout`, `headers`, or a plugin's `x-…`",
            "topic",
            it -> it.matches("topic|direct|fanout|headers|x-[!-~]+"),
            "is not an exchange type",
            "Write topic, direct, fanout, headers, or a plugin's type, which begins with x-"),
    /** Names that begin with amqp- are those of properties on the event bus. */
    HEADER(
            "name of a header",
            "x-origin",
            it -> !it.isEmpty() && fitsShortString(it) && !it.regionMatches(true, 0, "amqp-", 0, 5),
            "is not a name for an application header",
            "Use 1 to 255 bytes that do not begin with amqp-, which is for properties; an outbound route sets those"
                    + " in to.properties"),
    /** As handlers see them; what depends on the delivery and not on the message is not among them. */
    CONDITION_HEADER(
            "name of a header, or of a property as `amqp-…`",
            "amqp-type",
            it -> !it.isEmpty()
                    && (!it.regionMatches(true, 0, "amqp-", 0, 5)
                            || it.startsWith("amqp-header-") && it.regionMatches(true, 12, "amqp-", 0, 5)
                            || ConditionHeaders.PROPERTIES.contains(it)),
            "is no property of a message",
            "Write the name of a header, with amqp-header- before it if it begins with amqp-, or one of "
                    + String.join(", ", ConditionHeaders.PROPERTIES)),
    VALUE(Types.value("text, number, `true`, `false`")),
    CONTENT_TYPE(
            "content type",
            "application/json",
            it -> isContentType(it) && fitsShortString(it),
            "is not a content type",
            "Write type and subtype, e.g. text/plain; charset=utf-8"),
    /** Browsers name routing keys by filter, and addresses of the event bus. */
    BROWSER_ADDRESS(
            "event bus address or `mq:` filter",
            "mq:builds.*.finished",
            it -> !it.isEmpty() && (it.startsWith("mq:") ? isFilter(it.substring(3)) : !isPattern(it)),
            "is not a filter after mq:, or has wildcards without mq:, or is empty",
            "Write an address, or mq: and words joined by dots, of which one may be * and any number #: mq:builds.#"),
    HOST(
            "host or IP address",
            "127.0.0.1",
            it -> it.matches("[^\\s/\\[\\]@]+"),
            "is not a host or IP address",
            "Write e.g. 127.0.0.1 or ::1, without port and brackets"),
    HOST_NAME(
            "host name without port",
            "busbar.example.org",
            it -> it.matches("[A-Za-z0-9._-]+"),
            "is not a host name",
            "Write the name clients use in their URLs, without scheme and port"),
    ORIGIN(
            "origin such as `https://example.org`, or `*`",
            "https://example.org",
            it -> it.matches("\\*|[a-z][a-z0-9+.-]*://[^/\\s*]+"),
            "is not an origin",
            "Write scheme, host and port without a path, e.g. https://example.org:8443, or * for all"),
    REALM(
            "realm",
            "realm1",
            it -> it.matches("[^\\s#]{1,255}"),
            "is not a realm",
            "Use up to 255 characters without spaces and #"),
    TOPIC_PREFIX(
            "words, each followed by a dot, or empty",
            "org.buildbot.mq.",
            it -> it.matches("([A-Za-z0-9_-]+\\.)*") && it.length() <= 255,
            "is not a prefix of topics",
            "Write words of letters, digits, _ and -, each followed by a dot, e.g. org.buildbot.mq."),
    JWT_ALGORITHM(
            "`HS256` and the like",
            "RS256",
            it -> it.matches("(HS|RS|ES|PS)(256|384|512)|EdDSA"),
            "is not an algorithm for signatures",
            "Write HS256, RS256, ES256 or PS256, or 384 or 512 instead of 256, or EdDSA");

    private static final int SHORT_STRING_BYTES = 255;

    private final Type<String> type;

    TextKind(Type<String> type) {
        this.type = type;
    }

    TextKind(String describe, String example, Predicate<String> good, String message, String remedy) {
        this(Types.text(describe, example, good, message, remedy));
    }

    Type<String> type() {
        return type;
    }

    /** Whether a word of the address is a wildcard. The event bus has none, so it would not be what is meant. */
    static boolean isPattern(String address) {
        return List.of(address.split("\\.", -1)).stream().anyMatch(Set.of("*", "#")::contains);
    }

    static boolean isContentType(String text) {
        return text.matches("[^/\\s;]+/[^/\\s;]+(\\s*;.*)?");
    }

    private static boolean isFilter(String text) {
        try {
            TopicFilter.parse(text);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /** Whether the text is what AMQP 0-9-1 calls a short string. */
    static boolean fitsShortString(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= SHORT_STRING_BYTES;
    }
}
