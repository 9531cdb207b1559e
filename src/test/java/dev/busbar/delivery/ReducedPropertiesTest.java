package dev.busbar.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.PropertiesBuilder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReducedPropertiesTest {

    private static PropertiesBuilder moved() {
        return MessageProperties.builder()
                .contentType("application/json")
                .messageId("17")
                .header("details", Map.of("list", List.of(1L, "b")))
                .header("price", new BigDecimal("1.10"))
                .header("none", Double.NaN)
                .header("plain", 7)
                .header("x-busbar-reason", "no disk");
    }

    @Test
    void whatNotEveryProtocolHasBecomesText() {
        var written = ReducedProperties.asText(moved().build(), "why");

        assertThat(written.messageId()).isEqualTo("17");
        assertThat(written.headers())
                .isEqualTo(Map.of(
                        "details",
                        "{\"list\":[1,\"b\"]}",
                        "price",
                        "1.10",
                        "none",
                        "NaN",
                        "plain",
                        7,
                        "x-busbar-reason",
                        "no disk",
                        "x-busbar-unwritten",
                        "why"));
    }

    @Test
    void inTheEndOnlyWhatTellsOfTheMoveIsLeft() {
        var written = ReducedProperties.leftOut(moved().build(), "why");

        assertThat(written.messageId()).isEqualTo("17");
        assertThat(written.contentType()).isEqualTo("application/json");
        assertThat(written.headers()).isEqualTo(Map.of("x-busbar-reason", "no disk", "x-busbar-unwritten", "why"));
    }
}
