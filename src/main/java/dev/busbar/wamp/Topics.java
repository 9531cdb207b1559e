package dev.busbar.wamp;

import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Translates WAMP topics into routing keys and filters, and back. A topic is the configured prefix followed by a
 * routing key; an empty component of a wildcard subscription becomes {@code *}. All methods that read a topic throw an
 * {@link IllegalArgumentException} that names the mistake in it.
 */
final class Topics {

    /** Finds what WAMP's loose URI rule forbids. */
    private static final Pattern INVALID_URI = Pattern.compile("[\\s#]|\\.\\.|^\\.|\\.$|^$");

    private final String prefix;

    /** @param prefix words, each followed by a dot; may be empty */
    Topics(String prefix) {
        this.prefix = prefix;
    }

    String topic(String routingKey) {
        return prefix + routingKey;
    }

    boolean has(String topic) {
        return topic.startsWith(prefix) && topic.length() > prefix.length();
    }

    /** Returns the routing key of an event's topic. */
    RoutingKey key(String topic) {
        if (INVALID_URI.matcher(topic).find()) {
            throw new IllegalArgumentException("the topic " + shown(topic)
                    + " is no URI: it must be components joined by dots, none of them empty, without spaces and #");
        }
        return RoutingKey.parse(withoutPrefix(topic));
    }

    /**
     * Returns what a subscription matches.
     *
     * @param match {@code exact}, {@code prefix} or {@code wildcard}
     */
    TopicMatch match(String topic, String match) {
        return switch (match) {
            case "exact" -> new TopicMatch(TopicFilter.parse(key(topic).toString()), "", false);
            case "prefix" -> prefixed(topic);
            case "wildcard" -> wildcards(topic);
            default ->
                throw new IllegalArgumentException(
                        "the option match is " + shown(match) + " and must be exact, prefix or wildcard");
        };
    }

    /** Leaves the last word out of the filter, because it may be incomplete and the broker compares whole words. */
    private TopicMatch prefixed(String topic) {
        if (prefix.startsWith(topic)) {
            return new TopicMatch(TopicFilter.parse("#"), "", true);
        }
        var keyPrefix = requireNoWildcards(topic, withoutPrefix(topic));
        return new TopicMatch(
                TopicFilter.parse(keyPrefix.substring(0, keyPrefix.lastIndexOf('.') + 1) + "#"), keyPrefix, true);
    }

    private TopicMatch wildcards(String topic) {
        var words = List.of(topic.split("\\.", -1));
        var fixed = prefix.isEmpty() ? List.<String>of() : List.of(prefix.split("\\."));
        var fits = words.size() > fixed.size();
        for (int i = 0; fits && i < fixed.size(); i++) {
            fits = words.get(i).isEmpty() || words.get(i).equals(fixed.get(i));
        }
        if (!fits) {
            throw withoutOurPrefix(topic);
        }
        requireNoWildcards(topic, topic);
        return new TopicMatch(
                TopicFilter.of(words.subList(fixed.size(), words.size()).stream()
                        .map(word -> word.isEmpty() ? null : word)
                        .toArray(String[]::new)),
                "",
                true);
    }

    private static String requireNoWildcards(String topic, String part) {
        if (part.contains("*") || part.contains("#")) {
            throw new IllegalArgumentException("the topic " + shown(topic)
                    + " has a * or #, which WAMP does not know; leave a component empty to match any");
        }
        return part;
    }

    private String withoutPrefix(String topic) {
        if (!has(topic)) {
            throw withoutOurPrefix(topic);
        }
        return topic.substring(prefix.length());
    }

    private IllegalArgumentException withoutOurPrefix(String topic) {
        return new IllegalArgumentException(
                "the topic " + shown(topic) + " is not of this router: topics begin with " + prefix + " (wamp.prefix)");
    }

    private static String shown(String text) {
        return "'" + ClientMessages.shortened(text) + "'";
    }
}
