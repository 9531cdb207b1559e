package dev.busbar.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyTemplateTest {

    @Test
    void fillsItsPlaceholders() {
        KeyTemplate template = KeyTemplate.parse("{kind}.b{id}.new.{kind}");

        assertThat(template.expand(headers("kind", "changes", "id", "7"), null)).isEqualTo("changes.b7.new.changes");
    }

    @Test
    void withoutPlaceholdersItIsAKey() {
        assertThat(KeyTemplate.parse("changes.new").expand(headers(), null)).isEqualTo("changes.new");
    }

    @Test
    void anEmptyValueLeavesAnEmptyWord() {
        assertThat(KeyTemplate.parse("a.{x}.b").expand(headers("x", ""), null)).isEqualTo("a..b");
    }

    @Test
    void namesThePlaceholderWithoutAValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyTemplate.parse("changes.{id}").expand(headers(), null))
                .withMessageContaining("'changes.{id}'")
                .withMessageContaining("{id} has no value")
                .withMessageContaining("header");
    }

    @ParameterizedTest
    @CsvSource({"1.7, dot", "*, '*' at position 0", "a#, '#' at position 1", "é, U+00E9"})
    void refusesAValueThatOneWordCannotHold(String value, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyTemplate.parse("changes.{id}").expand(headers("id", value), null))
                .withMessageContaining("{id}")
                .withMessageContaining(problem);
    }

    @Test
    void refusesAKeyThatGetsTooLong() {
        KeyTemplate template = KeyTemplate.parse("a.{x}.{y}");

        assertThat(template.expand(headers("x", "z".repeat(126), "y", "z".repeat(126)), null))
                .hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.expand(headers("x", "z".repeat(127), "y", "z".repeat(127)), null))
                .withMessageContaining("257 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "a.{id, '{' at position 2 is not closed",
        "a}b, '}' at position 1 closes nothing",
        "a.{}, placeholder at position 2 has no proper name",
        "a.{b{c}}, placeholder at position 2 has no proper name",
        "a.*.{id}, '*' at position 2",
        "a.{/b~c}, is not a JSON Pointer; write a '~' within a name as ~0",
        "a.{/~}, 'position 2, {/~}, is not a JSON Pointer'",
        "a.{//b}, begins with an empty name",
        "a.{/b{c}, placeholder at position 2 has no proper name",
    })
    void explainsWhatIsWrongWithATemplate(String template, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyTemplate.parse(template))
                .withMessageContaining("'" + template + "'")
                .withMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "k.{/order/customer/id}, k.17",
        "k.{/order/lines/1/sku}, k.s2",
        "k.{/a~1b}.{/m~0n}, k.slash.tilde",
        "k.{/}, k.empty",
        "k.{/no dots/a.b}, k.dotted",
        "{/order/paid}.{/order/at}, true.2014-03-01T12:00:00Z",
        "k.{/ratio}x, k.7x",
        "k.{id}.{/id}, k.header.body",
    })
    void reachesIntoTheBodyByJsonPointer(String template, String key) {
        JsonObject body = new JsonObject()
                .put(
                        "order",
                        new JsonObject()
                                .put("customer", new JsonObject().put("id", 17))
                                .put("lines", new JsonArray().add(1).add(new JsonObject().put("sku", "s2")))
                                .put("paid", true)
                                .put("at", Instant.parse("2014-03-01T12:00:00Z")))
                .put("a/b", "slash")
                .put("m~n", "tilde")
                .put("", "empty")
                .put("no dots", Map.of("a.b", "dotted"))
                .put("ratio", 7L)
                .put("id", "body");

        assertThat(KeyTemplate.parse(template).expand(headers("id", "header"), body))
                .isEqualTo(key);
    }

    @Test
    void reachesIntoAnArrayThatIsTheBody() {
        assertThat(KeyTemplate.parse("k.{/1/x}").expand(headers(), new JsonArray("[0, {\"x\": \"y\"}]")))
                .isEqualTo("k.y");
    }

    @ParameterizedTest
    @CsvSource({"/a/b", "/a/0", "/a/x/y", "/list/2", "/list/-", "/list/x", "/nothing", "/null", "/text/0"})
    void namesThePointerThatLeadsNowhere(String pointer) {
        JsonObject body = new JsonObject("{\"a\":{\"x\":1},\"list\":[1,2],\"null\":null,\"text\":\"abc\"}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyTemplate.parse("k.{" + pointer + "}").expand(headers(pointer, "no"), body))
                .withMessageContaining("'k.{" + pointer + "}'")
                .withMessageContaining("{" + pointer + "} has no value; send a JSON body that has one at this place");
    }

    @Test
    void aPointerFindsNothingInABodyThatIsNoJson() {
        for (Object body : Arrays.asList(null, "text", 7, Buffer.buffer("{}"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> KeyTemplate.parse("k.{/a}").expand(headers(), body))
                    .withMessageContaining("{/a} has no value");
        }
    }

    @ParameterizedTest
    @CsvSource({"1.7, dot", "*, '*' at position 0"})
    void holdsAValueInTheBodyToTheSameRules(String value, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        KeyTemplate.parse("k.{/a/b}").expand(headers(), JsonObject.of("a", JsonObject.of("b", value))))
                .withMessageContaining("{/a/b}")
                .withMessageContaining(problem);
    }

    @Test
    void refusesAPointerThatIsTooLong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyTemplate.parse("k.{" + "/a".repeat(501) + "}"))
                .withMessageContaining("longer than 1000 characters");
        assertThat(KeyTemplate.parse("k.{" + "/a".repeat(500) + "}")).isNotNull();
    }

    /** Whatever the names in the body are, the pointer that RFC 6901 writes for them finds the value. */
    @Property(tries = 300)
    void findsEveryPlace(
            @ForAll @Size(min = 1, max = 5) List<@StringLength(max = 6) String> path,
            @ForAll @IntRange(max = 99) int i) {
        Object body = i;
        for (int at = path.size() - 1; at >= 0; at--) {
            body = new JsonObject().put(path.get(at), body);
        }
        String pointer = path.stream()
                .map(it -> "/" + it.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
        Assume.that(!path.get(0).isEmpty() || path.size() == 1);
        Assume.that(pointer.chars().noneMatch(it -> it == '{' || it == '}'));

        assertThat(KeyTemplate.parse("k.{" + pointer + "}").expand(headers(), body))
                .isEqualTo("k." + i);
    }

    private static MultiMap headers(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }
}
