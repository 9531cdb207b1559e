package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropertiesBuilderTest {

    private static final MessageProperties ALL = new MessageProperties(
            "message-1",
            "correlation-1",
            "replies",
            "application/json",
            "utf-8",
            Instant.parse("2026-11-05T10:15:30Z"),
            7,
            "60000",
            "a type",
            "guest",
            "an app",
            true,
            Map.of("x", "y"));

    @Test
    void eachNameSetsItsProperty() {
        var built = MessageProperties.builder()
                .messageId("message-1")
                .correlationId("correlation-1")
                .replyTo("replies")
                .contentType("application/json")
                .contentEncoding("utf-8")
                .timestamp(Instant.parse("2026-11-05T10:15:30Z"))
                .priority(7)
                .expiration("60000")
                .type("a type")
                .userId("guest")
                .appId("an app")
                .persistent(true)
                .header("x", "y")
                .build();

        assertThat(built).isEqualTo(ALL);
    }

    @Test
    void whatIsNotNamedIsNotSet() {
        assertThat(MessageProperties.builder().build())
                .isEqualTo(new MessageProperties(
                        null, null, null, null, null, null, null, null, null, null, null, false, Map.of()));
    }

    @Test
    void keepsAllThatIsNotChanged() {
        assertThat(ALL.toBuilder().build()).isEqualTo(ALL);
        assertThat(ALL.toBuilder().userId(null).build().toBuilder()
                        .userId("guest")
                        .build())
                .isEqualTo(ALL);
    }

    @Test
    void aHeaderIsAddedToACopy() {
        var given = new LinkedHashMap<String, Object>(Map.of("a", 1));

        var both = MessageProperties.builder().headers(given).header("b", 2).build();

        assertThat(both.headers()).isEqualTo(Map.of("a", 1, "b", 2));
        assertThat(given).isEqualTo(Map.of("a", 1));
        assertThat(ALL.toBuilder().header("z", 1).build().headers()).containsOnlyKeys("x", "z");
        assertThat(ALL.headers()).containsOnlyKeys("x");
    }

    @Test
    void refusesAPriorityThatAmqpDoesNotKnow() {
        var builder = MessageProperties.builder().priority(256);

        assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("0 to 255");
    }
}
