package dev.busbar.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicFilterTest {

    @ParameterizedTest(name = "''{0}'' and ''{1}'': {2}")
    @CsvSource({
        "builds.*.finished, builds.17.finished, true",
        "builds.*.finished, builds.finished, false",
        "builds.*.finished, builds.17.18.finished, false",
        "a.*.b, a..b, true",
        "a.*, a., true",
        "a.*, a, false",
        "a.#, a, true",
        "a.#, a.b.c, true",
        "#.a.#, b.a.c, true",
        "#.a.*, a.a.a.b.a.c, true",
        "*.#, '', false",
        "#, '', true",
        "*, '', false",
        "'', '', true",
        "'', a, false",
        "a.b, a.B, false",
    })
    void matchesAsTopicExchangesDo(String filter, String key, boolean expected) {
        assertThat(TopicFilter.parse(filter).matches(key)).isEqualTo(expected);
        assertThat(TopicFilter.parse(filter).matches(RoutingKey.parse(key))).isEqualTo(expected);
    }

    @Test
    void nullIsAWildcardForOneWord() {
        assertThat(TopicFilter.of("builds", null, "finished"))
                .hasToString("builds.*.finished")
                .isEqualTo(TopicFilter.of("builds", "*", "finished"));
    }

    /** Brokers treat such filters differently. */
    @Test
    void refusesOneOfEmptyWordsAlone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicFilter.parse("."))
                .withMessageContaining("no words between its dots");
        assertThatIllegalArgumentException().isThrownBy(() -> TopicFilter.of("", ""));
        assertThat(TopicFilter.parse("").matches("")).isTrue();
        assertThat(TopicFilter.parse("a.").matches("a.")).isTrue();
    }

    @Test
    void refusesAWordThatMixesWildcardAndText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicFilter.parse("a.buil*.c"))
                .withMessageContaining("'a.buil*.c'")
                .withMessageContaining("word 1, 'buil*'")
                .withMessageContaining("whole words");
        assertThatIllegalArgumentException().isThrownBy(() -> TopicFilter.of("##"));
    }

    @Test
    void hasTheLimitsOfAKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicFilter.of("a.b", "c"))
                .withMessageContaining("dot");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicFilter.parse("é"))
                .withMessageContaining("U+00E9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TopicFilter.parse("*." + "x".repeat(254)))
                .withMessageContaining("256 bytes");
    }

    @Test
    void manyWildcardsDoNotMakeItSlow() {
        TopicFilter filter = TopicFilter.parse("#.a.".repeat(50) + "b");

        assertThat(filter.matches("a" + ".a".repeat(126))).isFalse();
    }

    @Test
    void filtersOverlapIfSomeKeyMatchesBoth() {
        var filters =
                texts(3, "a", "b", "*", "#").stream().map(TopicFilter::parse).toList();
        var keys = texts(6, "a", "b");
        for (var one : filters) {
            for (var other : filters) {
                var both = keys.stream().anyMatch(key -> one.matches(key) && other.matches(key));

                assertThat(one.overlaps(other)).as("%s and %s", one, other).isEqualTo(both);
            }
        }
    }

    @ParameterizedTest(name = "''{0}'' covers ''{1}'': {2}")
    @CsvSource({
        "builds.*.finished, builds.17.finished, true",
        "builds.*.finished, builds.*.finished, true",
        "builds.*.finished, builds.*.*, false",
        "builds.*.finished, builds.#, false",
        "builds.*.finished, builds.#.finished, false",
        "builds.*.finished, '#', false",
        "builds.*, builds., true",
        "builds.#, builds, true",
        "builds.#, builds.*.#, true",
        "builds.#, '#', false",
        "'#', '#.a.#', true",
        "*.#, #.*, true",
        "*.#, '', false",
        "#.*, '#', false",
        "*.#.a.#, #.a.a, true",
        "*, '', false",
        "'', '', true",
    })
    void coversWhatItMatchesWholly(String outer, String inner, boolean expected) {
        assertThat(TopicFilter.parse(outer).covers(TopicFilter.parse(inner))).isEqualTo(expected);
    }

    @Test
    void coversExactlyTheFiltersOfWhichItMatchesEveryKey() {
        var filters =
                texts(3, "a", "b", "*", "#").stream().map(TopicFilter::parse).toList();
        var keys = texts(7, "a", "b", "c");
        for (var outer : filters) {
            for (var inner : filters) {
                var all = keys.stream().allMatch(key -> !inner.matches(key) || outer.matches(key));

                assertThat(outer.covers(inner)).as("%s covers %s", outer, inner).isEqualTo(all);
            }
        }
    }

    @Property
    @Domain(Topics.class)
    void whatIsCoveredIsMatched(@ForAll TopicFilter outer, @ForAll TopicFilter inner, @ForAll Topics.Key key) {
        if (outer.covers(inner) && inner.matches(key.text())) {
            assertThat(outer.matches(key.text())).isTrue();
        }
    }

    @Test
    void aFilterMadeToTakeLongIsNotCovered() {
        var outer = TopicFilter.parse("#.a" + ".*".repeat(60));
        var inner = TopicFilter.parse("#" + ".a.#".repeat(60));

        assertThat(outer.covers(inner)).isFalse();
    }

    /** Returns all filters of up to this number of the words. */
    private static List<String> texts(int length, String... words) {
        var texts = new ArrayList<>(List.of("", words[0]));
        texts.addAll(List.of(words).subList(1, words.length));
        for (int end = 1, longest = texts.size(), i = 1; i < length; i++, end = longest, longest = texts.size()) {
            for (var shorter : List.copyOf(texts.subList(end, longest))) {
                List.of(words).forEach(word -> texts.add(shorter + "." + word));
            }
        }
        return texts;
    }

    @Property
    @Domain(Topics.class)
    void agreesWithANaiveMatcher(@ForAll TopicFilter filter, @ForAll Topics.Key key) {
        assertThat(filter.matches(key.text())).isEqualTo(Topics.naive(filter, key.text()));
    }

    @Property(tries = 200)
    @Domain(Topics.class)
    void parsesWhatItPrints(@ForAll TopicFilter filter) {
        assertThat(TopicFilter.parse(filter.toString())).isEqualTo(filter);
        assertThat(TopicFilter.of(filter.words().toArray(String[]::new))).isEqualTo(filter);
    }
}
