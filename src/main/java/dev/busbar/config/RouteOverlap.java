package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds out whether the messages of an outbound route reach the queue of an inbound route. */
final class RouteOverlap {

    private static final String PLACEHOLDER = "\\{[^}]*}";

    private RouteOverlap() {}

    /**
     * @param certain whether the messages must do so for all values of the placeholders, and whatever the conditions
     *     are about, or for some only
     */
    static boolean reaches(OutboundRoute out, InboundRoute in, boolean certain) {
        if (!Objects.equals(out.broker(), in.broker()) || certain && !in.where().isEmpty()) {
            return false;
        }
        Stream<ExchangeConfig> targets = out.targets().stream();
        Predicate<ExchangeConfig> reached = it -> reaches(it, out.key().toString(), in, certain);
        return certain ? targets.allMatch(reached) : targets.anyMatch(reached);
    }

    private static boolean reaches(ExchangeConfig exchange, String key, InboundRoute in, boolean certain) {
        if (exchange.name().isEmpty()) {
            return key.equals(in.queue().name());
        }
        if (!exchange.name().equals(in.exchange().name()) || in.filters().isEmpty()) {
            return false;
        }
        return switch (exchange.type()) {
            case "fanout" -> true;
            // Without arguments a binding takes every message; with some, the headers decide.
            case "headers" -> in.bindingArguments().isEmpty();
            case "topic" -> in.filters().stream().anyMatch(it -> certain ? covers(it, key) : meets(it, key));
            case "direct" -> in.filters().stream().anyMatch(it -> it.toString().equals(key));
            default -> false;
        };
    }

    /** Uses a value that no filter can name in place of all values. */
    private static boolean covers(TopicFilter filter, String key) {
        return filter.matches(key.replaceAll(PLACEHOLDER, "\u0001"));
    }

    private static boolean meets(TopicFilter filter, String key) {
        List<String> words = Arrays.asList(key.replaceAll(PLACEHOLDER, "{}").split("\\.", -1));
        return meets(Arrays.asList(filter.toString().split("\\.", -1)), words);
    }

    private static boolean meets(List<String> filter, List<String> key) {
        if (filter.isEmpty()) {
            return key.isEmpty();
        }
        List<String> rest = filter.subList(1, filter.size());
        if (filter.get(0).equals("#")) {
            return meets(rest, key) || !key.isEmpty() && meets(filter, key.subList(1, key.size()));
        }
        return !key.isEmpty() && meets(filter.get(0), key.get(0)) && meets(rest, key.subList(1, key.size()));
    }

    private static boolean meets(String filterWord, String keyWord) {
        return filterWord.equals("*") || filterWord.equals(keyWord) || keyWord.contains("{}");
    }
}
