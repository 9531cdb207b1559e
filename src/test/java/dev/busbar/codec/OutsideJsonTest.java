package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.busbar.config.DatetimeStyle;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutsideJsonTest {

    @Test
    void readsWhatJsonHas() {
        assertThat(OutsideJson.read("{\"a\": [1, 2.5, \"x\", null, true, {\"b\": 5000000000}]}"))
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
        assertThat(OutsideJson.read(Buffer.buffer("[1]"))).isEqualTo(new JsonArray(List.of(1)));
        assertThat(OutsideJson.read("\"x\"")).isEqualTo("x");
        assertThat(OutsideJson.read("null")).isNull();
    }

    /** Alike wherever it enters: in a body too it is kept, and not infinite. */
    @Test
    void aNumberBeyondADoubleIsKeptAndCanBeWritten() {
        var read = (JsonObject) OutsideJson.read("{\"n\": 1e400}");

        assertThat(read.getValue("n")).isEqualTo(new BigDecimal("1e400"));
        var written = new PayloadCodec(DatetimeStyle.ISO, 1_000).encode(read).body();
        assertThat(OutsideJson.read(written)).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "1e10001"})
    void aNumberBeyondAllBoundsIsInfiniteWhichNoBodyCanBe(String number) {
        var read = (JsonArray) JsonText.read("[" + number + ", -" + number + "]");

        assertThat(read).isEqualTo(new JsonArray().add(Double.POSITIVE_INFINITY).add(Double.NEGATIVE_INFINITY));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PayloadCodec(DatetimeStyle.ISO, 1_000).encode(read))
                .withMessageContaining("Infinity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[1,]", "NaN", "{} {}", "// x\n1"})
    void refusesWhatIsNone(String text) {
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> OutsideJson.read(text));
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> OutsideJson.read(Buffer.buffer(text)));
    }

    @Test
    void hasTheBoundsOfBodies() {
        assertThat(OutsideJson.read("[".repeat(900) + "]".repeat(900))).isInstanceOf(JsonArray.class);
        assertThatExceptionOfType(DecodeException.class)
                .isThrownBy(() -> OutsideJson.read("[".repeat(901) + "]".repeat(901)));
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> OutsideJson.read("1".repeat(1001)));
    }
}
