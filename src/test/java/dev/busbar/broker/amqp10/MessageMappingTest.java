package dev.busbar.broker.amqp10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.Timestamps;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedByte;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageMappingTest {

    private static final MessageProperties FULL = MessageProperties.builder()
            .messageId("id-1")
            .correlationId("corr-1")
            .replyTo("replies")
            .contentType("application/json")
            .contentEncoding("utf-8")
            .timestamp(Instant.parse("2014-03-01T12:00:00.123Z"))
            .priority(255)
            .expiration("60000")
            .type("change")
            .userId("gästin")
            .appId("buildbot")
            .persistent(true)
            .headers(Map.of("branch", "main"))
            .build();

    private static final MessageProperties EMPTY = MessageProperties.builder().build();

    @Test
    void everyPropertyStandsWhereTheTableSays() {
        var message = Wire.carry(MessageMapping.toAmqp(Wire.of(FULL)));

        assertThat(message.getHeader().getDurable()).isTrue();
        assertThat(message.getHeader().getPriority()).isEqualTo(UnsignedByte.valueOf((byte) 255));
        assertThat(message.getHeader().getTtl()).isEqualTo(UnsignedInteger.valueOf(60_000));
        assertThat(message.getMessageAnnotations().getValue())
                .isEqualTo(Map.of(Symbol.valueOf("x-basic-type"), "change"));
        var properties = message.getProperties();
        assertThat(properties.getMessageId()).isEqualTo("id-1");
        assertThat(properties.getCorrelationId()).isEqualTo("corr-1");
        assertThat(properties.getReplyTo()).isEqualTo("replies");
        assertThat(properties.getContentType().toString()).isEqualTo("application/json");
        assertThat(properties.getContentEncoding().toString()).isEqualTo("utf-8");
        assertThat(properties.getCreationTime().toInstant()).isEqualTo(FULL.timestamp());
        assertThat(properties.getUserId()).isEqualTo(new Binary("gästin".getBytes(StandardCharsets.UTF_8)));
        assertThat(properties.getGroupId()).isEqualTo("buildbot");
        assertThat(message.getApplicationProperties().getValue()).isEqualTo(Map.of("branch", "main"));
        assertThat(message.getBody()).isInstanceOf(Data.class);
    }

    @Test
    void addressingIsTheCallers() {
        var message = MessageMapping.toAmqp(Wire.of(FULL));

        assertThat(message.getAddress()).isNull();
        assertThat(message.getSubject()).isNull();
    }

    @Test
    void everyPropertyComesBack() {
        assertThat(Wire.carry(Wire.of(FULL))).isEqualTo(new ReceivedParts(FULL, Buffer.buffer("{}"), null));
    }

    @Test
    void whatIsNotSetComesBackUnset() {
        assertThat(Wire.carry(Wire.of(EMPTY)).properties()).isEqualTo(EMPTY);
    }

    /** RabbitMQ before 4.2 takes a message for durable that does not say whether it is. */
    @Test
    void aTransientMessageSaysSo() {
        var message = Wire.carry(MessageMapping.toAmqp(Wire.of(EMPTY)));

        assertThat(message.getHeader().getDurable()).isFalse();
        assertThat(message.getApplicationProperties()).isNull();
        assertThat(message.getMessageAnnotations()).isNull();
    }

    @Test
    void theBodyIsNotCopied() {
        var body = Buffer.buffer("0123456789").slice(2, 6);

        var sent = MessageMapping.toAmqp(new BridgeMessage("", "q", EMPTY, body));

        assertThat(((Data) sent.getBody()).getValue().getLength()).isEqualTo(4);
        body.setByte(0, (byte) 'x');
        assertThat(MessageMapping.fromAmqp(sent).body()).hasToString("x345");
    }

    @Property(tries = 300)
    void anyPropertiesComeBack(
            @ForAll("texts") String id,
            @ForAll("texts") String app,
            @ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '~') String contentType,
            @ForAll @LongRange(min = 100_000_000_000L, max = Timestamps.MAX_MILLIS) long millis,
            @ForAll @IntRange(max = 255) int priority,
            @ForAll @LongRange(max = 0xFFFF_FFFFL) long ttl,
            @ForAll boolean durable,
            @ForAll byte[] body) {
        var properties = MessageProperties.builder()
                .messageId(id)
                .correlationId(app)
                .replyTo(id)
                .contentType(contentType)
                .contentEncoding(contentType)
                .timestamp(Instant.ofEpochMilli(millis))
                .priority(priority)
                .expiration(Long.toString(ttl))
                .type(app)
                .userId(id)
                .appId(app)
                .persistent(durable)
                .build();

        var received = Wire.carry(new BridgeMessage("x", "k", properties, Buffer.buffer(body)));

        assertThat(received.properties()).isEqualTo(properties);
        assertThat(received.body().getBytes()).isEqualTo(body);
        assertThat(received.incomplete()).isNull();
    }

    @Provide
    Arbitrary<String> texts() {
        var any = Arbitraries.chars().filter(c -> !Character.isSurrogate(c));
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("aü€ ").ofMaxLength(255),
                any.list()
                        .ofMaxSize(60)
                        .map(chars -> chars.stream().map(String::valueOf).collect(Collectors.joining())));
    }

    @Test
    void aMessageWithoutSectionsIsEmpty() {
        assertThat(Wire.receive()).isEqualTo(new ReceivedParts(EMPTY, Buffer.buffer(), null));
    }

    @Test
    void aPriorityThatIsNotSaidIsNotTheDefault() {
        var header = new Header();
        header.setFirstAcquirer(true);

        assertThat(Wire.receive(header).properties().priority()).isNull();
    }

    static Stream<Arguments> ids() {
        return Stream.of(
                Arguments.of("text", "text"),
                Arguments.of(UnsignedLong.valueOf("18446744073709551615"), "18446744073709551615"),
                Arguments.of(
                        UUID.fromString("00112233-4455-6677-8899-AABBCCDDEEFF"),
                        "00112233-4455-6677-8899-aabbccddeeff"),
                Arguments.of(new Binary("ü".getBytes(StandardCharsets.UTF_8)), "ü"),
                Arguments.of(new Binary(new byte[] {0, (byte) 0xFF, 16}, 1, 2), "ff10"));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void idsOfAllTypesBecomeText(Object id, String text) {
        var properties = new Properties();
        properties.setMessageId(id);
        properties.setCorrelationId(id);

        var received = Wire.receive(properties).properties();

        assertThat(received.messageId()).isEqualTo(text);
        assertThat(received.correlationId()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967296", "-1", "soon", "99999999999999999999"})
    void refusesAnExpirationBeyondFortyNineDays(String expiration) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageMapping.toAmqp(Wire.of(with(null, expiration, "text/plain"))))
                .withMessageContaining("expiration '" + expiration + "'")
                .withMessageContaining("0 to 4294967295");
    }

    @Test
    void refusesAContentTypeBeyondAscii() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageMapping.toAmqp(Wire.of(with(null, null, "text/plain; name=ü"))))
                .withMessageContaining("content type")
                .withMessageContaining("ASCII");
    }

    @Test
    void refusesATimeThatMillisecondsCannotCount() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageMapping.toAmqp(Wire.of(with(Instant.MAX, null, null))))
                .withMessageContaining("timestamp +1000000000-12-31")
                .withMessageContaining("milliseconds");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1969-12-31T23:59:59.999Z",
        "0, 1970-01-01T00:00:00Z",
        "1793873730, 2026-11-05T10:15:30Z",
        "99999999999, 5138-11-16T09:46:39Z",
        "100000000000, 1973-03-03T09:46:40Z",
        "1793873730123, 2026-11-05T10:15:30.123Z",
    })
    void timesInSecondsAreRecognised(long time, Instant read) {
        var properties = new Properties();
        properties.setCreationTime(new Date(time));

        assertThat(Wire.receive(properties).properties().timestamp()).isEqualTo(read);
    }

    /** Nanoseconds, for instance, in a field of milliseconds. */
    @ParameterizedTest
    @ValueSource(
            longs = {Long.MAX_VALUE, Long.MIN_VALUE, 1_793_873_730_000_000L, 253_402_300_800_000L, -62_135_596_800_001L
            })
    void aTimeThatIsNoneIsAHeaderBesideTheOthers(long time) {
        var properties = new Properties();
        properties.setCreationTime(new Date(time));

        var received = Wire.receive(properties, Wire.property("h", 9)).properties();

        assertThat(received.timestamp()).isNull();
        assertThat(received.headers()).isEqualTo(Map.of("h", 9, Timestamps.NUMBER, time));
    }

    private static MessageProperties with(Instant timestamp, String expiration, String contentType) {
        return MessageProperties.builder()
                .contentType(contentType)
                .timestamp(timestamp)
                .expiration(expiration)
                .persistent(true)
                .build();
    }
}
