package dev.busbar.topic;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Generates short keys and filters of few words, so that they often match, and has a slow, simple matcher. */
class Topics extends DomainContextBase {

    record Key(String text) {}

    @Provide
    Arbitrary<Key> keys() {
        return Arbitraries.of("a", "b", "c", "").list().ofMaxSize(6).map(words -> new Key(String.join(".", words)));
    }

    @Provide
    Arbitrary<TopicFilter> filters() {
        return Arbitraries.of("a", "b", "", "*", "#", "#")
                .list()
                .ofMaxSize(5)
                .filter(words -> words.size() < 2 || !words.stream().allMatch(String::isEmpty))
                .map(words -> TopicFilter.parse(String.join(".", words)));
    }

    static boolean naive(TopicFilter filter, String key) {
        return naive(words(filter.toString()), words(key));
    }

    private static List<String> words(String dotted) {
        return dotted.isEmpty() ? List.of() : List.of(dotted.split("\\.", -1));
    }

    private static boolean naive(List<String> filter, List<String> key) {
        if (filter.isEmpty()) {
            return key.isEmpty();
        }
        List<String> rest = filter.subList(1, filter.size());
        if (filter.get(0).equals("#")) {
            return naive(rest, key) || !key.isEmpty() && naive(filter, key.subList(1, key.size()));
        }
        return !key.isEmpty()
                && (filter.get(0).equals("*") || filter.get(0).equals(key.get(0)))
                && naive(rest, key.subList(1, key.size()));
    }
}
