package dev.busbar.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RoutingKeyTest {

    @Test
    void joinsWordsWithDots() {
        RoutingKey key = RoutingKey.of("builds", "17", "finished");

        assertThat(key).hasToString("builds.17.finished").isEqualTo(RoutingKey.parse("builds.17.finished"));
        assertThat(key.words()).containsExactly("builds", "17", "finished");
    }

    @Test
    void keepsEmptyWords() {
        assertThat(RoutingKey.of("a", "", "b")).hasToString("a..b");
        assertThat(RoutingKey.parse("a..").words()).containsExactly("a", "", "");
        assertThat(RoutingKey.parse(".").words()).containsExactly("", "");
    }

    @Test
    void theEmptyKeyHasNoWordsHoweverItIsMade() {
        assertThat(RoutingKey.of("")).isEqualTo(RoutingKey.of()).isEqualTo(RoutingKey.parse(""));
        assertThat(RoutingKey.of("").words()).isEmpty();
    }

    @Test
    void refusesWildcardsNamingThePosition() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoutingKey.parse("builds.*.finished"))
                .withMessageContaining("'builds.*.finished'")
                .withMessageContaining("'*' at position 7")
                .withMessageContaining("filters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoutingKey.of("a", "#"))
                .withMessageContaining("'#' at position 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoutingKey.of("a", null))
                .withMessageContaining("word 1 is null");
    }

    @Test
    void refusesWhatIsNotPrintableAscii() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoutingKey.parse("größe"))
                .withMessageContaining("U+00F6 at position 2")
                .withMessageContaining("ASCII");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoutingKey.of("a\n"))
                .withMessageContaining("U+000A at position 1");
    }

    @Test
    void refusesADotInsideAWord() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoutingKey.of("builds", "1.7"))
                .withMessageContaining("word 1")
                .withMessageContaining("'1.7'")
                .withMessageContaining("dot");
    }

    @Test
    void isAtMost255BytesLong() {
        assertThat(RoutingKey.parse("x".repeat(255)).toString()).hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoutingKey.of("x".repeat(200), "y".repeat(55)))
                .withMessageContaining("256 bytes")
                .withMessageContaining("255")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @Property(tries = 300)
    void parsesWhatItPrints(@ForAll("keys") String key) {
        RoutingKey parsed = RoutingKey.parse(key);

        assertThat(parsed).hasToString(key);
        assertThat(RoutingKey.of(parsed.words().toArray(String[]::new))).isEqualTo(parsed);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('.')
                .ofMaxLength(255)
                .map(text -> text.replaceAll("[*#]", "."));
    }
}
