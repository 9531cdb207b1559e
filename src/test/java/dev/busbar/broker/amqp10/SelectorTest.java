package dev.busbar.broker.amqp10;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.activemq.artemis.core.filter.impl.FilterImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares selectors with Artemis' own parser. */
class SelectorTest {

    private static Boolean takes(String selector, String subject) {
        return new Selector(selector).takes(Map.of("JMSType", subject)::get);
    }

    /** The filter of a foreign queue may be of any length. */
    @Test
    void aLongTextTakesNoMoreThanItsLength() {
        var text = "x".repeat(100_000);

        assertThat(takes("JMSType = '" + text + "'", text)).isTrue();
        assertThat(takes("JMSType = '" + "''".repeat(2_000) + "'", "'".repeat(2_000)))
                .isTrue();
        assertThat(takes("JMSType = 'b'" + " OR JMSType = 'a'".repeat(100_000), "a"))
                .isNull();
        assertThat(takes("JMSType IN ('b'" + ", 'a'".repeat(100_000) + ")", "a"))
                .isNull();
        assertThat(takes("JMSType IN ('b'" + ", 'a'".repeat(400) + ")", "a")).isTrue();
        assertThat(takes("(".repeat(100_000) + "JMSType = 'a'" + ")".repeat(100_000), "a"))
                .isNotEqualTo(false);
    }

    @Provide
    Arbitrary<String> selectors() {
        return conditions(3);
    }

    private static Arbitrary<String> conditions(int depth) {
        var operand = Arbitraries.of("JMSType", "'a.b'", "'it''s'", "''");
        var pattern = Arbitraries.of("'a.%'", "'%.b'", "'a_b'", "'%'", "''", "'a.#%' ESCAPE '#'", "'%a%b%'");
        var comparison = Arbitraries.oneOf(
                Combinators.combine(operand, Arbitraries.of(" = ", " <> ", "="), operand)
                        .as((l, o, r) -> l + o + r),
                Combinators.combine(Arbitraries.of(" LIKE ", " not like "), pattern)
                        .as((o, p) -> "JMSType" + o + p),
                Arbitraries.of("JMSType IN ('a', 'a.b')", "JMSType NOT IN ('it''s')"));
        if (depth == 0) {
            return comparison;
        }
        var inner = conditions(depth - 1);
        return Arbitraries.oneOf(
                comparison,
                Combinators.combine(inner, Arbitraries.of(" AND ", " OR "), inner)
                        .as((l, o, r) -> l + o + r),
                inner.map(it -> "(" + it + ")"),
                inner.map(it -> "NOT (" + it + ")"));
    }

    @Property(tries = 5_000)
    void agreesWithArtemis(@ForAll("selectors") String selector, @ForAll("subjects") String subject) throws Exception {
        var artemis = FilterImpl.createFilter(selector).match(Map.of("JMSType", subject));

        assertThat(takes(selector, subject)).as("%s of %s", selector, subject).isEqualTo(artemis);
    }

    @Provide
    Arbitrary<String> subjects() {
        return Arbitraries.of("", "a", "a.b", "a.b.b", "axb", "a.%", "it's", "b", "xaxbx");
    }

    @Test
    void noneTakesEverything() {
        assertThat(takes("", "a")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour = 'red'",
                "NOT colour = 'red'",
                "JMSType = 'a' AND colour = 'red'",
                "JMSPriority > 4",
                "JMSType IS NULL",
                "JMSType BETWEEN 'a' AND 'b'",
                "JMSType = 'a",
                "JMSType = 'a' 'b'",
                "= 'a'",
                "(JMSType = 'a'",
                "5 = 5"
            })
    void saysSoWhereItCannotTell(String selector) {
        assertThat(takes(selector, "a")).isNull();
    }

    @Test
    void whatCannotBeToldMayNotMatter() {
        assertThat(takes("JMSType = 'b' AND colour = 'red'", "a")).isFalse();
        assertThat(takes("JMSType = 'a' OR colour = 'red'", "a")).isTrue();
    }
}
