package dev.busbar.broker.amqp10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.topic.TopicFilter;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.core.filter.impl.FilterImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares what Artemis' own parser makes of the selectors with the filters that they are made from. */
class FilterSelectorTest {

    private static boolean artemisTakes(String selector, String key) {
        try {
            return selector == null || FilterImpl.createFilter(selector).match(Map.of("JMSType", key));
        } catch (ActiveMQException e) {
            throw new AssertionError(selector, e);
        }
    }

    private static String selector(TopicFilter filter) {
        try {
            return FilterSelector.of(filter);
        } catch (IllegalArgumentException e) {
            Assume.that(false);
            throw e;
        }
    }

    @Provide
    Arbitrary<TopicFilter> filters() {
        return dotted("a", "b", "", "*", "*", "#")
                .filter(dotted -> !dotted.matches("\\.+"))
                .map(TopicFilter::parse);
    }

    @Provide
    Arbitrary<String> keys() {
        return dotted("a", "a", "b", "");
    }

    @Provide
    Arbitrary<String> oddities() {
        return Arbitraries.of(
                "a_b", "aXb", "50%", "50X", "it's", "a b", "\\", "[a-z]+", "^", "$", "--", "", "(a)", "_", "a");
    }

    private static Arbitrary<String> dotted(String... words) {
        return Arbitraries.of(words).list().ofMaxSize(7).map(list -> String.join(".", list));
    }

    @Property(tries = 20_000)
    void letsThroughWhatTheFilterMatches(@ForAll("filters") TopicFilter filter, @ForAll("keys") String key) {
        var selector = selector(filter);

        assertThat(artemisTakes(selector, key))
                .as("%s: %s of %s", filter, selector, key)
                .isEqualTo(filter.matches(key));
    }

    @Property
    void takesEveryCharacterOfAWordAsItIs(
            @ForAll("oddities") String word, @ForAll("oddities") String other, @ForAll("oddities") String third) {
        Assume.that(!word.isEmpty() || !other.isEmpty());
        for (var form : List.of("%s.%s", "%s.*.%s", "%s.#.%s", "#.%s.%s", "%s.*.%s.#")) {
            var filter = TopicFilter.parse(form.formatted(word, other));
            for (var key :
                    List.of(word + "." + other, word + "." + third + "." + other, third + "." + word + "." + other)) {
                assertThat(artemisTakes(FilterSelector.of(filter), key))
                        .as("%s of %s", filter, key)
                        .isEqualTo(filter.matches(key));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.*.b.#", "*.a.#", "#.a.*", "a.#.b.*"})
    void ofLongKeysNoneIsMissed(String dotted) {
        var filter = TopicFilter.parse(dotted);
        for (var length = 2; length < 40; length++) {
            var key = "a.x.b" + ".b".repeat(length - 2) + (dotted.equals("#.a.*") ? ".a.x" : ".b.x");
            if (filter.matches(key)) {
                assertThat(artemisTakes(FilterSelector.of(filter), key))
                        .as("%s of %s", filter, key)
                        .isTrue();
            }
        }
    }

    @Test
    void readsAsAPersonWouldWriteIt() {
        assertThat(FilterSelector.of(TopicFilter.parse("builds.17.finished")))
                .isEqualTo("JMSType = 'builds.17.finished'");
        assertThat(FilterSelector.of(TopicFilter.parse("builds.*.finished")))
                .isEqualTo("JMSType LIKE 'builds.%.finished' AND JMSType NOT LIKE '%.%.%.%'");
        assertThat(FilterSelector.of(TopicFilter.parse("changes.#")))
                .isEqualTo("JMSType = 'changes' OR JMSType LIKE 'changes.%'");
        assertThat(FilterSelector.of(TopicFilter.parse("#"))).isNull();
        assertThat(FilterSelector.of(TopicFilter.parse("*"))).isEqualTo("JMSType <> '' AND JMSType NOT LIKE '%.%'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#.a.*.b.#", "*.a.#.b.#", "*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*.*", "#.a.#.a.#.a.#.a.#"})
    void refusesWhatNoSelectorSays(String filter) {
        assertThatThrownBy(() -> FilterSelector.of(TopicFilter.parse(filter)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(filter)
                .hasMessageContaining(": use");
    }
}
