package dev.busbar.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "builds.17.finished",
                "größe",
                "日本語",
                "עברית",
                "العربية",
                "نمی‌خواهم",
                "👩‍👩‍👧",
                "a\\u001bb",
                "\u00a0\ue000"
            })
    void ordinaryTextIsUnchanged(String text) {
        assertThat(Printable.of(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0000, \\u0000",
        "0007, \\u0007",
        "0008, \\u0008",
        "0009, \\t",
        "000a, \\n",
        "000d, \\r",
        "001b, \\u001b",
        "007f, \\u007f",
        "0080, \\u0080",
        "0085, \\u0085",
        "009b, \\u009b",
        "009f, \\u009f",
        "00ad, \\u00ad",
        "061c, \\u061c",
        "200b, \\u200b",
        "200e, \\u200e",
        "200f, \\u200f",
        "2028, \\u2028",
        "2029, \\u2029",
        "202a, \\u202a",
        "202e, \\u202e",
        "2066, \\u2066",
        "2069, \\u2069",
        "feff, \\ufeff",
        "d800, \\ud800",
        "dc00, \\udc00",
        "e0041, \\udb40\\udc41"
    })
    void controlCharactersAreEscaped(String character, String escaped) {
        var text = "a" + new StringBuilder().appendCodePoint(Integer.parseInt(character, 16)) + "b";

        assertThat(Printable.of(text)).isEqualTo("a" + escaped + "b");
    }

    @Test
    void nullIsPrintedAsNull() {
        assertThat(Printable.of(null)).isEqualTo("null");
    }

    /** Any text becomes one line, and JSON keeps its meaning. */
    @Property
    void jsonStaysTheSame(@ForAll String text) {
        var json = Json.encode(text);

        assertThat(Printable.of(json))
                .doesNotContainPattern("[\\p{Cntrl}\\u0080-\\u009f\\u2028\\u2029\\u202a-\\u202e]");
        assertThat(Json.decodeValue(Printable.of(json))).isEqualTo(Json.decodeValue(json));
    }
}
