package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.busbar.config.DatetimeStyle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    private final PayloadCodec codec = new PayloadCodec(DatetimeStyle.ISO, 1_000);

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\" : 1724442618569203714, \"b\":1.10}", "[1, 2]", "\"x\"", "1.0", "true", "null"})
    void isWrittenAsItCame(String text) {
        var json = JsonText.of(" " + text + "\n");

        assertThat(json.toString()).isEqualTo(text);
        assertThat(json.problem()).isNull();
        assertThat(codec.encode(json).body()).isEqualTo(Buffer.buffer(text));
    }

    @Test
    void hasTheValueThatABodyWouldHave() {
        assertThat(JsonText.of("{\"a\": [1, 2.5, \"x\", null, true, {\"b\": 5000000000}]}")
                        .value())
                .isEqualTo(new JsonObject()
                        .put(
                                "a",
                                new JsonArray()
                                        .add(1)
                                        .add(2.5)
                                        .add("x")
                                        .addNull()
                                        .add(true)
                                        .add(new JsonObject().put("b", 5_000_000_000L))));
    }

    /** Alike wherever it enters: in a body too it is kept, and not infinite. */
    @Test
    void keepsANumberBeyondADouble() {
        var read = (JsonObject) JsonText.of("{\"n\": 1e400}").value();

        assertThat(read.getValue("n")).isEqualTo(new BigDecimal("1e400"));
        assertThat(JsonText.of(codec.encode(read).body().toString()).value()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-Infinity", "1e99999999999", "1e10001"})
    void aNumberThatCannotBeReadAgainIsAProblemOfItsValueAlone(String number) {
        var elements = JsonText.elements("[1, {\"n\": " + number + "}, 2]");

        assertThat(elements.problem()).isNull();
        assertThat(elements.elements())
                .extracting(JsonText::toString)
                .containsExactly("1", "{\"n\": " + number + "}", "2");
        var bad = elements.elements().get(1);
        assertThat(bad.problem())
                .contains(number.replace("-Infinity", "Infinity").substring(0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> codec.encode(bad));
        assertThatExceptionOfType(UnreadablePayloadException.class).isThrownBy(bad::value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "{} {}", "// x\n1"})
    void refusesWhatIsNone(String text) {
        assertThatExceptionOfType(UnreadablePayloadException.class).isThrownBy(() -> JsonText.of(text));
    }

    @Test
    void hasTheBoundsOfBodies() {
        assertThat(JsonText.of("[".repeat(900) + "]".repeat(900)).problem()).isNull();
        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> JsonText.of("[".repeat(901) + "]".repeat(901)));
        assertThatExceptionOfType(UnreadablePayloadException.class).isThrownBy(() -> JsonText.of("1".repeat(1001)));
    }
}
