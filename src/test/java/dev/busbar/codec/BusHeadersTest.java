package dev.busbar.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusHeadersTest {

    private static final MessageProperties FULL = MessageProperties.builder()
            .messageId("id-1")
            .correlationId("corr-1")
            .replyTo("replies")
            .contentType("application/json")
            .contentEncoding("utf-8")
            .timestamp(Instant.parse("2014-03-01T12:00:00.5Z"))
            .priority(7)
            .expiration("60000")
            .type("change")
            .userId("guest")
            .appId("buildbot")
            .headers(Map.of("branch", "main"))
            .build();

    @Test
    void carriesEveryProperty() {
        MultiMap bus = BusHeaders.toBus(new BridgeMessage("busbar", "changes.1.new", FULL, Buffer.buffer()), true, 3);

        assertThat(bus.entries())
                .extracting(header -> header.getKey() + ": " + header.getValue())
                .containsExactlyInAnyOrder(
                        "amqp-routing-key: changes.1.new",
                        "amqp-exchange: busbar",
                        "amqp-message-id: id-1",
                        "amqp-correlation-id: corr-1",
                        "amqp-reply-to: replies",
                        "amqp-content-type: application/json",
                        "amqp-content-encoding: utf-8",
                        "amqp-timestamp: 2014-03-01T12:00:00.500Z",
                        "amqp-priority: 7",
                        "amqp-expiration: 60000",
                        "amqp-type: change",
                        "amqp-user-id: guest",
                        "amqp-app-id: buildbot",
                        "amqp-persistent: false",
                        "amqp-redelivered: true",
                        "amqp-attempt: 3",
                        "branch: main");
    }

    @Test
    void whatWasReceivedCanBeSentAgain() {
        MultiMap bus = BusHeaders.toBus(new BridgeMessage("busbar", "a", FULL, Buffer.buffer()), true, 3);

        assertThat(BusHeaders.fromBus(bus, null, "unused", true)).isEqualTo(FULL);
    }

    @Test
    void withoutHeadersOnlyTheDefaultsAreSet() {
        MessageProperties properties =
                BusHeaders.fromBus(MultiMap.caseInsensitiveMultiMap(), "text/plain", "id-9", true);

        assertThat(properties)
                .isEqualTo(MessageProperties.builder()
                        .messageId("id-9")
                        .contentType("text/plain")
                        .persistent(true)
                        .build());
    }

    @Test
    void theTypeOfTheEncodedBodyCountsMoreThanTheHeader() {
        assertThat(BusHeaders.fromBus(of("amqp-content-type", "text/plain"), "application/json", "id", true)
                        .contentType())
                .isEqualTo("application/json");
    }

    @Test
    void namesOfPropertiesHaveNoCase() {
        assertThat(send("AMQP-Correlation-Id", "c").correlationId()).isEqualTo("c");
    }

    @Test
    void severalValuesBecomeAList() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("tag", "a")
                .add("tag", "b")
                .add("tag", "c");

        assertThat(BusHeaders.fromBus(headers, null, "id", true).headers())
                .isEqualTo(Map.of("tag", List.of("a", "b", "c")));
    }

    @Test
    void anApplicationHeaderCannotPassForAProperty() {
        Map<String, Object> own = Map.of("amqp-message-id", "forged", "AMQP-x", 1, "amqp-header-types", "x");

        MultiMap bus = BusHeaders.toBus(Messages.withHeaders(own), false, 1);

        assertThat(bus.contains(BusHeaders.MESSAGE_ID)).isFalse();
        assertThat(bus.get("amqp-header-amqp-message-id")).isEqualTo("forged");
        assertThat(BusHeaders.fromBus(bus, null, "id", true).headers()).isEqualTo(own);
        assertThat(BusHeaders.fromBus(bus, null, "id", true).messageId()).isEqualTo("id");
    }

    /** A handler may reply with all headers that it has received, whatever their names. */
    @Test
    void whatWasReceivedUnderANameThatCannotBeSentIsLeftOut() {
        Map<String, Object> own = Map.of("", "x", "n".repeat(256), 5, "good", "1");
        MultiMap bus = BusHeaders.toBus(Messages.withHeaders(own), false, 1);

        assertThat(BusHeaders.fromBus(bus, null, "id", true).headers()).isEqualTo(Map.of("good", "1"));
        bus.remove(BusHeaders.REDELIVERED);
        assertThatIllegalArgumentException().isThrownBy(() -> BusHeaders.fromBus(bus, null, "id", true));
    }

    @Test
    void namesThatDifferOnlyInCaseStayApart() {
        Map<String, Object> own = Map.of("X-a", "1", "x-A", "2");

        assertThat(BusHeaders.fromBus(BusHeaders.toBus(Messages.withHeaders(own), false, 1), null, "id", true)
                        .headers())
                .isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({
        "amqp-priority, high, 0 to 255",
        "amqp-priority, 256, 0 to 255",
        "amqp-timestamp, 1393675200, ISO-8601",
        "amqp-timestamp, +10000-01-01T00:00:00Z, years 1 to 9999",
        "amqp-timestamp, 0000-12-31T23:59:59Z, years 1 to 9999",
        "amqp-timestamp, +500000000-01-01T00:00:00Z, too far",
        "amqp-expiration, 5s, milliseconds",
        "amqp-expiration, 4294967296, at most 4294967295",
        "amqp-persistent, yes, true or false",
        "amqp-prioritty, 1, amqp-header-amqp-prioritty",
        "amqp-header-x, 1, no such property",
        "amqp-header-types, x=integer, 'x=integer'",
    })
    void explainsABadValue(String header, String value, String remedy) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> send(header, value))
                .withMessageContaining(header)
                .withMessageContaining(value)
                .withMessageContaining(remedy);
    }

    @Test
    void keepsALongExpirationOfAReceivedMessage() {
        assertThat(send("amqp-expiration", "4294967295").expiration()).isEqualTo("4294967295");
        var received = MultiMap.caseInsensitiveMultiMap()
                .set("amqp-expiration", "4294967296")
                .set("amqp-redelivered", "false");
        assertThat(BusHeaders.fromBus(received, null, "id", true).expiration()).isEqualTo("4294967296");
    }

    @Test
    void refusesWhatAmqpHasNoRoomFor() {
        assertThat(send("amqp-message-id", "é".repeat(127)).messageId()).hasSize(127);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> send("amqp-message-id", "é".repeat(128)))
                .withMessageContaining("255 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> send("x".repeat(256), "y"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusHeaders.fromBus(of("amqp-type", "a").add("amqp-type", "b"), null, "id", true))
                .withMessageContaining("twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp-message-id", "amqp-type", "x-text", "x-nested"})
    void refusesALoneSurrogate(String header) {
        for (String half : List.of("a\ud83d", "\ude00", "\ud83dx", "\ude00\ud83d")) {
            String value = header.equals("x-nested") ? "{\"in\":[\"" + half + "\"]}" : half;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> BusHeaders.fromBus(
                            of(header, value).add("amqp-header-types", "x-nested=map"), null, "id", true))
                    .withMessageContaining(header)
                    .withMessageContaining("half of a character");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> send("x\ud83d", "y"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusHeaders.fromBus(
                        of("x-n", "{\"\\ud83d\":1}").add("amqp-header-types", "x-n=map"), null, "id", true));
        assertThat(send("x-text", "\ud83d\ude00").headers()).containsEntry("x-text", "\ud83d\ude00");
    }

    @Test
    void refusesAValueThatNoHeaderCanHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusHeaders.toBus(
                        Messages.withHeaders(Map.of("x", Arrays.asList(1, new StringBuilder()))), false, 1))
                .withMessageContaining("'x/1'")
                .withMessageContaining("StringBuilder");
    }

    private static MessageProperties send(String header, String value) {
        return BusHeaders.fromBus(of(header, value), null, "id", true);
    }

    private static MultiMap of(String header, String value) {
        return MultiMap.caseInsensitiveMultiMap().add(header, value);
    }
}
