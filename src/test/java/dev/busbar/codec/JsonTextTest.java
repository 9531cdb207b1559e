package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.config.DatetimeStyle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that JSON is split into parts and written without change. */
class JsonTextTest {

    private static final PayloadCodec CODEC = new PayloadCodec(DatetimeStyle.ISO, 1_000_000);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.10",
                "-0.0",
                "1E+2",
                "1e400",
                "1724442618569203714",
                "123456789012345678901234567890",
                "\"\\u00e9\\\"]},:é\"",
                "true",
                "null",
                "{}",
                "[ ]",
                "{ \"a\" : [ 1.10 , { \"b\" : \"}\" } ] }"
            })
    void everyValueKeepsItsText(String text) {
        var elements = JsonText.elements(" [ 1 , " + text + " , " + text + "]");
        var members = JsonText.members("{\"a\":" + text + ", \"b\" : " + text + " }");

        assertThat(elements.problem()).isNull();
        assertThat(elements.elements()).extracting(JsonText::toString).containsExactly("1", text, text);
        assertThat(members.values()).extracting(JsonText::toString).containsExactly(text, text);
        assertThat(CODEC.encode(members.get("a")).body()).hasToString(text);
        var nested = new JsonObject().put("in", members.get("a"));
        assertThat(CODEC.encode(nested).body()).hasToString("{\"in\":" + text + "}");
    }

    /** The parser reads long text in several chunks. */
    @Test
    void longTextIsCutWhereItEnds() {
        var first = "\"" + "x".repeat(100_000) + "\"";
        var second = "[" + "1.10, ".repeat(50_000) + "\"é\"]";

        assertThat(JsonText.elements("[" + first + "," + second + ",7]").elements())
                .extracting(JsonText::toString)
                .containsExactly(first, second, "7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-Infinity", "Infinity", "[[NaN]]", "{\"a\":Infinity}", "1e99999999999"})
    void whatIsNoNumberOfJsonIsSaidAndNotWritten(String text) {
        var element = JsonText.elements("[0," + text + ",2]").elements().get(1);

        assertThat(element.problem()).isNotBlank();
        assertThat(element).hasToString(text);
        assertThatThrownBy(element::value).isInstanceOf(UnreadablePayloadException.class);
        assertThatThrownBy(() -> CODEC.encode(element)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CODEC.encode(new JsonArray().add(element)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatComesBeforeAMistakeIsThere() {
        var read = JsonText.elements("[16, 7, {\"acknowledge\": true}, \"a\", [1");

        assertThat(read.problem()).isNotBlank();
        assertThat(read.elements())
                .extracting(JsonText::toString)
                .containsExactly("16", "7", "{\"acknowledge\": true}", "\"a\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[]", "1", "{", "{\"a\":}", "{\"a\":1} x", "{'a':1}"})
    void whatIsNoObjectIsSaid(String text) {
        assertThatThrownBy(() -> JsonText.members(text)).isInstanceOf(UnreadablePayloadException.class);
    }

    @Test
    void aTextTypeTakesTheText() {
        var text = JsonText.members("{\"a\":\"grüße\\n\"}").get("a");

        assertThat(CODEC.encode(text, "text/plain").body()).hasToString("grüße\n");
    }

    @Test
    void aBodyIsGivenAsItWasWrittenUnlessItSaysSomethingElse() {
        assertThat(written("{\"a\": 1.10}", "application/json", null)).isEqualTo("{\"a\": 1.10}");
        assertThat(written(" [1.10]\n", null, "utf-8")).isEqualTo("[1.10]");
        assertThat(written("\"x\"", "application/x+json;charset=utf-8", null)).isEqualTo("\"x\"");
        assertThat(written("plain", "text/plain", null)).isNull();
        assertThat(written("[1]", "application/octet-stream", null)).isNull();
        assertThat(written(
                        "{\"__type__\":\"datetime\",\"__value__\":\"2026-11-30T00:00:00\"}", "application/json", null))
                .isNull();
    }

    private static String written(String body, String type, String encoding) {
        var message = Messages.of(type, encoding, Map.of(), Buffer.buffer(body));
        return PayloadCodec.asWritten(message, CODEC.decode(message));
    }

    /** The same holds for bodies: the number is kept, and does not become infinite. */
    @Test
    void keepsANumberBeyondADouble() {
        var read = (JsonObject) JsonText.of("{\"n\": 1e400}").value();

        assertThat(read.getValue("n")).isEqualTo(new BigDecimal("1e400"));
        assertThat(JsonText.of(CODEC.encode(read).body().toString()).value()).isEqualTo(read);
    }

    @Test
    void oneAloneIsReadWithoutTheSpaceAround() {
        assertThat(JsonText.of(" 1.0\n")).hasToString("1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{} {}", "// x\n1"})
    void refusesWhatIsNotOneValue(String text) {
        assertThatThrownBy(() -> JsonText.of(text)).isInstanceOf(UnreadablePayloadException.class);
    }

    /** The elements behind it stay readable, so that a client whose request id comes later gets its answer. */
    @Test
    void whatIsNestedTooDeeplyIsTheFaultOfItsElementAlone() {
        var deep = "[".repeat(900) + "]".repeat(900);

        var elements = JsonText.elements("[16," + deep + ",{\"a\": [" + deep + "]},\"r\",[]]");

        assertThat(elements.problem()).isNull();
        assertThat(elements.elements())
                .extracting(JsonText::problem)
                .satisfiesExactly(
                        it -> assertThat(it).isNull(),
                        it -> assertThat(it).contains("900 levels"),
                        it -> assertThat(it).contains("900 levels"),
                        it -> assertThat(it).isNull(),
                        it -> assertThat(it).isNull());
        assertThatThrownBy(elements.elements().get(1)::value).isInstanceOf(UnreadablePayloadException.class);
        var members = JsonText.members("{\"body\":" + deep.substring(1, deep.length() - 1) + ",\"to\":" + deep + "}");
        assertThat(members.get("body").problem()).isNull();
        assertThat(members.get("to").problem()).contains("900 levels");
    }

    @Test
    void hasTheBoundsOfBodies() {
        assertThat(JsonText.of("[".repeat(900) + "]".repeat(900)).problem()).isNull();
        assertThatThrownBy(() -> JsonText.of("[".repeat(901) + "]".repeat(901)))
                .isInstanceOf(UnreadablePayloadException.class);
        assertThatThrownBy(() -> JsonText.of("1".repeat(1001))).isInstanceOf(UnreadablePayloadException.class);
    }
}
