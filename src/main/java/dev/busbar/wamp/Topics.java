package dev.busbar.wamp;

import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Topics as routing keys and filters, and back: a topic is the configured prefix and a routing key, an empty component
 * of a wildcard subscription is {@code *}. All methods that read a topic throw an {@link IllegalArgumentException} that
 * says what is wrong with it.
 */
final class Topics {

    /** WAMP's loose rule. */
    private static final Pattern NO_COMPONENTS = Pattern.compile("[\\s#]|\\.\\.|^\\.|\\.$|^$");

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

    /** The key of an event. */
    RoutingKey key(String topic) {
        if (NO_COMPONENTS.matcher(topic).find()) {
            throw new IllegalArgumentException("the topic " + shown(topic)
                    + " is no URI: it must be components joined by dots, none of them empty, without spaces and #");
        }
        return RoutingKey.parse(withoutPrefix(topic));
    }

    /** @param match {@code exact}, {@code prefix} or {@code wildcard} */
    Interest interest(String topic, String match) {
        return switch (match) {
            case "exact" -> new Interest(TopicFilter.parse(key(topic).toString()), "", false);
            case "prefix" -> prefixed(topic);
            case "wildcard" -> wildcards(topic);
            default ->
                throw new IllegalArgumentException(
                        "the option match is " + shown(match) + " and must be exact, prefix or wildcard");
        };
    }

    /** Of the last word only a part is given, if any: the broker compares whole words. */
    private Interest prefixed(String topic) {
        if (prefix.startsWith(topic)) {
            return new Interest(TopicFilter.parse("#"), "", true);
        }
        var begins = plain(topic, withoutPrefix(topic));
        return new Interest(TopicFilter.parse(begins.substring(0, begins.lastIndexOf('.') + 1) + "#"), begins, true);
    }

    private Interest wildcards(String topic) {
        var words = List.of(topic.split("\\.", -1));
        var fixed = prefix.isEmpty() ? List.<String>of() : List.of(prefix.split("\\."));
        var fits = words.size() > fixed.size();
        for (int i = 0; fits && i < fixed.size(); i++) {
            fits = words.get(i).isEmpty() || words.get(i).equals(fixed.get(i));
        }
        if (!fits) {
            throw notHere(topic);
        }
        plain(topic, topic);
        return new Interest(
                TopicFilter.of(words.subList(fixed.size(), words.size()).stream()
                        .map(word -> word.isEmpty() ? null : word)
                        .toArray(String[]::new)),
                "",
                true);
    }

    private static String plain(String topic, String part) {
        if (part.contains("*") || part.contains("#")) {
            throw new IllegalArgumentException("the topic " + shown(topic)
                    + " has a * or #, which WAMP does not know; leave a component empty to match any");
        }
        return part;
    }

    private String withoutPrefix(String topic) {
        if (!has(topic)) {
            throw notHere(topic);
        }
        return topic.substring(prefix.length());
    }

    private IllegalArgumentException notHere(String topic) {
        return new IllegalArgumentException(
                "the topic " + shown(topic) + " is not of this router: topics begin with " + prefix + " (wamp.prefix)");
    }

    private static String shown(String text) {
        return "'" + ClientMessages.shortened(text) + "'";
    }
}
