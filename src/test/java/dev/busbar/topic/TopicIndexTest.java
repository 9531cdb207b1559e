package dev.busbar.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class TopicIndexTest {

    private final TopicIndex<String> index = new TopicIndex<>();

    @Test
    void findsAValueOnceHoweverManyWaysTheFilterMatches() {
        index.add(TopicFilter.parse("#.a.#"), "x");

        assertThat(found("a.a.a")).containsExactly("x");
    }

    @Test
    void findsAValueOncePerFilterItIsUnder() {
        index.add(TopicFilter.parse("a.*"), "x");
        index.add(TopicFilter.parse("a.b"), "x");

        assertThat(found("a.b")).containsExactly("x", "x");
    }

    @Test
    void addingTwiceIsAddingOnce() {
        assertThat(index.add(TopicFilter.parse("a"), "x")).isTrue();
        assertThat(index.add(TopicFilter.parse("a"), "x")).isFalse();

        assertThat(found("a")).containsExactly("x");
        assertThat(index.remove(TopicFilter.parse("a"), "x")).isTrue();
        assertThat(found("a")).isEmpty();
    }

    @Test
    void removeSaysWhetherItWasThere() {
        index.add(TopicFilter.parse("a.b"), "x");

        assertThat(index.remove(TopicFilter.parse("a.b"), "y")).isFalse();
        assertThat(index.remove(TopicFilter.parse("a"), "x")).isFalse();
        assertThat(index.remove(TopicFilter.parse("a.*"), "x")).isFalse();
        assertThat(found("a.b")).containsExactly("x");
    }

    @Test
    void removingALongFilterLeavesAShorterOneOnItsPath() {
        index.add(TopicFilter.parse("a"), "short");
        index.add(TopicFilter.parse("a.b.#"), "long");

        index.remove(TopicFilter.parse("a.b.#"), "long");

        assertThat(found("a")).containsExactly("short");
        assertThat(index.isEmpty()).isFalse();
    }

    @Test
    void aConsumerMayChangeTheIndex() {
        TopicFilter filter = TopicFilter.parse("a");
        index.add(filter, "x");
        index.add(filter, "y");

        index.match("a", value -> {
            index.remove(filter, value);
            index.match("a", other -> {});
        });

        assertThat(index.isEmpty()).isTrue();
    }

    @Property
    @Domain(Topics.class)
    void agreesWithMatchingEachFilterByItself(
            @ForAll @Size(max = 12) List<TopicFilter> filters,
            @ForAll @Size(max = 6) List<TopicFilter> removed,
            @ForAll @Size(max = 4) List<Topics.Key> keys) {
        TopicIndex<String> index = new TopicIndex<>();
        filters.forEach(filter -> index.add(filter, filter.toString()));
        removed.forEach(filter -> index.remove(filter, filter.toString()));
        List<String> kept = filters.stream()
                .filter(filter -> !removed.contains(filter))
                .map(TopicFilter::toString)
                .distinct()
                .toList();

        for (Topics.Key key : keys) {
            assertThat(found(index, key.text()))
                    .containsExactlyInAnyOrderElementsOf(kept.stream()
                            .filter(filter -> Topics.naive(TopicFilter.parse(filter), key.text()))
                            .toList());
        }
    }

    @Property(tries = 200)
    @Domain(Topics.class)
    void isEmptyAgainWhenAllIsRemoved(@ForAll @Size(max = 20) List<TopicFilter> filters) {
        TopicIndex<String> index = new TopicIndex<>();
        filters.forEach(filter -> index.add(filter, "x"));
        filters.forEach(filter -> index.remove(filter, "x"));

        assertThat(index.isEmpty()).isTrue();
    }

    private List<String> found(String key) {
        return found(index, key);
    }

    private static List<String> found(TopicIndex<String> index, String key) {
        List<String> found = new ArrayList<>();
        index.match(key, found::add);
        return found;
    }
}
