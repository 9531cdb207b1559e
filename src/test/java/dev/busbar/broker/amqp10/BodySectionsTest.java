package dev.busbar.broker.amqp10;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BodySectionsTest {

    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";

    static Stream<Arguments> typed() {
        var map = new LinkedHashMap<Object, Object>();
        map.put(Symbol.valueOf("a"), new Binary(new byte[] {-1}));
        map.put(7, Arrays.asList(true, null, new Date(0), UnsignedLong.valueOf("18446744073709551615")));
        map.put("float", Float.NaN);
        return Stream.of(
                Arguments.of("grün", "grün", TEXT),
                Arguments.of("", "", TEXT),
                Arguments.of(Symbol.valueOf("sym"), "sym", TEXT),
                Arguments.of(new UUID(0, 1), "00000000-0000-0000-0000-000000000001", TEXT),
                Arguments.of(
                        map,
                        "{\"a\":\"_w\",\"7\":[true,null,\"1970-01-01T00:00:00Z\",18446744073709551615],\"float\":\"NaN\"}",
                        JSON),
                Arguments.of(List.of(1, List.of("x")), "[1,[\"x\"]]", JSON),
                Arguments.of(new long[] {1, 2}, "[1,2]", JSON),
                Arguments.of(1.5, "1.5", JSON),
                Arguments.of(Decimals.toAmqp(new BigDecimal("1.50")), "1.50", JSON),
                Arguments.of(Double.POSITIVE_INFINITY, "\"Infinity\"", JSON),
                Arguments.of(false, "false", JSON),
                Arguments.of(new Date(1), "\"1970-01-01T00:00:00.001Z\"", JSON),
                Arguments.of(null, "null", JSON));
    }

    @ParameterizedTest
    @MethodSource("typed")
    void valuesBecomeTextOrJson(Object value, String body, String contentType) {
        var received = Wire.receive(new AmqpValue(value));

        assertThat(received.body()).hasToString(body);
        assertThat(received.properties().contentType()).isEqualTo(contentType);
        assertThat(received.incomplete()).isNull();
    }

    @Test
    void binaryValuesAndDataAreBytes() {
        var binary = new Binary(new byte[] {9, 0, -1, 9}, 1, 2);

        for (var received : List.of(Wire.receive(new AmqpValue(binary)), Wire.receive(new Data(binary)))) {
            assertThat(received.body().getBytes()).containsExactly(0, -1);
            assertThat(received.properties().contentType()).isNull();
        }
        assertThat(Wire.receive(new Data(null)).body().length()).isZero();
    }

    @Test
    void sequencesBecomeJsonArrays() {
        assertThat(Wire.receive(new AmqpSequence(List.of("a", 1))).body()).hasToString("[\"a\",1]");
        assertThat(Wire.receive(new AmqpSequence(List.of())).body()).hasToString("[]");
    }

    /** As Broker-J sends a text or JSON message that entered by 0-9-1. */
    @ParameterizedTest
    @CsvSource({
        "application/json, application/json",
        "text/html, text/html",
        "text/plain;charset=ISO-8859-1, text/plain; charset=utf-8",
        "application/json; Charset=\"utf-16\", application/json; charset=utf-8",
        "text/plain; format=flowed, text/plain; format=flowed",
    })
    void textKeepsItsTypeButNotItsCharset(String contentType, String read) {
        var properties = new Properties();
        properties.setContentType(Symbol.valueOf(contentType));
        properties.setContentEncoding(Symbol.valueOf("iso-8859-1"));

        var received = Wire.receive(properties, new AmqpValue("{\"ü\":1}"));

        assertThat(received.body().getBytes()).isEqualTo("{\"ü\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(received.properties().contentType()).isEqualTo(read);
        assertThat(received.properties().contentEncoding()).isNull();
    }

    @Test
    void aJmsMessageWithoutBodyIsEmpty() {
        var received = Wire.receive(Wire.annotation("x-opt-jms-msg-type", (byte) 0), new AmqpValue(null));

        assertThat(received.body().length()).isZero();
        assertThat(received.properties().contentType()).isNull();
    }

    @Test
    void aBodyThatIsTooDeepIsSaidToBe() {
        Object deep = new ArrayList<>();
        for (int i = 0; i < 1001; i++) {
            deep = new ArrayList<>(Arrays.asList(deep));
        }
        var message = Message.Factory.create();
        message.setBody(new AmqpValue(deep));

        assertThat(MessageMapping.fromAmqp(message).incomplete()).contains("the body", "900 levels");
    }
}
