package dev.busbar.wamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.topic.RoutingKey;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicsTest {

    private final Topics topics = new Topics("org.buildbot.mq.");

    /** A frame of 1 MiB may hold more components; a recursive matcher fails at some thousands. */
    @Test
    void aTopicOfManyComponentsIsRefusedForItsLength() {
        assertThatThrownBy(() -> topics.key("org.buildbot.mq." + "a.".repeat(100_000) + "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("255");
    }

    @Property
    void aKeyComesBackFromItsTopic(@ForAll("keys") String key) {
        assertThat(topics.key(topics.topic(key))).isEqualTo(RoutingKey.parse(key));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('.', '*', '#')
                .ofMinLength(1)
                .ofMaxLength(8)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(words -> String.join(".", words));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // topic, match, filter, a key that matches, a key that does not
                "org.buildbot.mq.builds.1.new, exact, builds.1.new, builds.1.new, builds.2.new",
                "org.buildbot.mq.builds..new, wildcard, builds.*.new, builds.17.new, builds.17.finished",
                "org.buildbot.mq.., wildcard, *.*, a.b, a.b.c",
                "org...builds.1, wildcard, builds.1, builds.1, builds.2",
                "org.buildbot.mq.builds., prefix, builds.#, builds.1.new, builds",
                "org.buildbot.mq.builds, prefix, #, buildsets.1, changes.1",
                "org.buildbot.mq.builds.1, prefix, builds.#, builds.17.new, builds.2.new",
                "org.buildbot.mq., prefix, #, builds.1, -",
                "org.bui, prefix, #, builds.1, -",
                "'', prefix, #, builds.1, -",
            })
    void patternsAreFiltersOfTheBroker(String topic, String match, String filter, String wanted, String unwanted) {
        var topicMatch = topics.match(topic, match);

        assertThat(topicMatch.filter()).hasToString(filter);
        assertThat(topicMatch.patternBased()).isEqualTo(!match.equals("exact"));
        assertThat(topicMatch.filter().matches(wanted) && topicMatch.matches(wanted))
                .isTrue();
        if (unwanted != null) {
            assertThat(topicMatch.filter().matches(unwanted) && topicMatch.matches(unwanted))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "org.buildbot.mq.a, regex, must be exact",
        "org.buildbot.mq.a..b, exact, none of them empty",
        "org.buildbot.mq., exact, none of them empty",
        "org.buildbot.mq, exact, not of this router",
        "com.example.a, exact, not of this router",
        "org.buildbot.mq.a b, exact, without spaces",
        "org.buildbot.mq.a.*, exact, '*'",
        "org.buildbot.mq.a.*, wildcard, leave a component empty",
        "org.buildbot.mq.a.#, wildcard, leave a component empty",
        "org.buildbot.mq.a.*, prefix, leave a component empty",
        "com.buildbot.mq.a., wildcard, not of this router",
        "org.buildbot, wildcard, not of this router",
        "org.buildbot.mqx, prefix, not of this router",
        "org.buildbot.mq.é, exact, routing key",
    })
    void saysWhatIsWrongWithATopic(String topic, String match, String message) {
        assertThatThrownBy(() -> topics.match(topic, match))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void withoutAPrefixATopicIsTheKey() {
        var bare = new Topics("");

        assertThat(bare.key("a.b")).hasToString("a.b");
        assertThat(bare.topic("a.b")).isEqualTo("a.b");
        assertThat(bare.match("a..c", "wildcard").filter()).hasToString("a.*.c");
        assertThat(bare.match("a.b", "prefix").filter()).hasToString("a.#");
    }
}
