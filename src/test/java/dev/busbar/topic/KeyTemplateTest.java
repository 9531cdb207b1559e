package dev.busbar.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTemplateTest {

    @Test
    void fillsItsPlaceholders() {
        KeyTemplate template = KeyTemplate.parse("{kind}.b{id}.new.{kind}");

        assertThat(template.placeholders()).containsExactly("kind", "id");
        assertThat(template.expand(Map.of("kind", "changes", "id", "7")::get)).isEqualTo("changes.b7.new.changes");
    }

    @Test
    void withoutPlaceholdersItIsAKey() {
        assertThat(KeyTemplate.parse("changes.new").expand(name -> null)).isEqualTo("changes.new");
    }

    @Test
    void anEmptyValueLeavesAnEmptyWord() {
        assertThat(KeyTemplate.parse("a.{x}.b").expand(name -> "")).isEqualTo("a..b");
    }

    @Test
    void namesThePlaceholderWithoutAValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyTemplate.parse("changes.{id}").expand(name -> null))
                .withMessageContaining("'changes.{id}'")
                .withMessageContaining("{id} has no value")
                .withMessageContaining("header");
    }

    @ParameterizedTest
    @CsvSource({"1.7, dot", "*, '*' at position 0", "a#, '#' at position 1", "é, U+00E9"})
    void refusesAValueThatOneWordCannotHold(String value, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyTemplate.parse("changes.{id}").expand(name -> value))
                .withMessageContaining("{id}")
                .withMessageContaining(problem);
    }

    @Test
    void refusesAKeyThatGetsTooLong() {
        KeyTemplate template = KeyTemplate.parse("a.{x}.{y}");

        assertThat(template.expand(name -> "z".repeat(126))).hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.expand(name -> "z".repeat(127)))
                .withMessageContaining("257 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "a.{id, '{' at position 2 is not closed",
        "a}b, '}' at position 1 closes nothing",
        "a.{}, placeholder at position 2 has no proper name",
        "a.{b{c}}, placeholder at position 2 has no proper name",
        "a.*.{id}, '*' at position 2",
    })
    void explainsWhatIsWrongWithATemplate(String template, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyTemplate.parse(template))
                .withMessageContaining("'" + template + "'")
                .withMessageContaining(problem);
    }
}
