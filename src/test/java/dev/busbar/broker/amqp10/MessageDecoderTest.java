package dev.busbar.broker.amqp10;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.DescribedType;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.DeliveryAnnotations;
import org.apache.qpid.proton.amqp.messaging.Footer;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.junit.jupiter.api.Test;

class MessageDecoderTest {

    private record Described(Object getDescriptor, Object getDescribed) implements DescribedType {}

    private static Described section(int descriptor, Object described) {
        return new Described(UnsignedLong.valueOf(descriptor), described);
    }

    private static Data data(String text) {
        return new Data(new Binary(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void joinsSeveralDataSections() {
        var received = Wire.decode(data("one, "), data(""), data("two"), new Footer(Map.of("crc", 1)));

        assertThat(received.body()).hasToString("one, two");
        assertThat(received.incomplete()).isNull();
    }

    @Test
    void joinsSeveralSequences() {
        assertThat(Wire.decode(new AmqpSequence(List.of(1, 2)), new AmqpSequence(List.of("x")))
                        .body())
                .hasToString("[1,2,\"x\"]");
    }

    @Test
    void bodySectionsOfSeveralKindsAreNoMessage() {
        assertThat(Wire.decode(data("x"), new AmqpValue("y")).incomplete()).contains("several kinds");
        assertThat(Wire.decode(new AmqpValue("x"), new AmqpValue("y")).incomplete())
                .contains("several values");
    }

    @Test
    void passesOverDeliveryAnnotations() {
        assertThat(Wire.decode(new DeliveryAnnotations(Map.of(Symbol.valueOf("x-a"), 1)), data("x")))
                .satisfies(it -> assertThat(it.body()).hasToString("x"))
                .satisfies(it -> assertThat(it.properties().headers()).isEmpty());
    }

    /** As RabbitMQ 3 writes the user-id of a message that entered by 0-9-1. */
    @Test
    void readsStringsWhereBinaryAndSymbolsBelong() {
        var fields = Arrays.asList("id", "guest", null, "key", null, null, "text/plain", Symbol.valueOf("utf-8"));

        var received = Wire.decode(section(0x73, fields), data("x"));

        assertThat(received.incomplete()).isNull();
        assertThat(received.body()).hasToString("x");
        assertThat(received.properties().messageId()).isEqualTo("id");
        assertThat(received.properties().userId()).isEqualTo("guest");
        assertThat(received.properties().contentType()).isEqualTo("text/plain");
        assertThat(received.properties().contentEncoding()).isEqualTo("utf-8");
    }

    /** As RabbitMQ 3 writes the offset of a stream. */
    @Test
    void readsAnnotationsNamedByStrings() {
        var received = Wire.decode(section(0x72, Map.of("x-stream-offset", UnsignedLong.valueOf(7))), data("x"));

        assertThat(received.properties().headers()).isEqualTo(Map.of("x-stream-offset", 7L));
        assertThat(received.incomplete()).isNull();
    }

    @Test
    void readsHeadersNamedBySymbolsAndNumbers() {
        var named = new LinkedHashMap<Object, Object>(Map.of(Symbol.valueOf("kind"), "a", 7, "b", "plain", 1L));

        var received = Wire.decode(section(0x74, named), data("x"));

        assertThat(received.properties().headers()).isEqualTo(Map.of("kind", "a", "7", "b", "plain", 1L));
        assertThat(received.incomplete()).isNull();
    }

    @Test
    void aHeaderWithoutANameIsTheFaultOfItsMessage() {
        var nameless = new HashMap<Object, Object>();
        nameless.put(null, "x");

        for (var descriptor : new int[] {0x72, 0x74}) {
            var received = Wire.decode(section(descriptor, nameless), data("x"));

            assertThat(received.incomplete()).contains("cannot be decoded", "no name");
            assertThat(received.properties().headers()).isEmpty();
        }
    }

    @Test
    void aSectionThatIsNoneIsSaidToBe() {
        var received = Wire.decode(data("x"), section(0x7f, List.of()));

        assertThat(received.incomplete()).contains("cannot be decoded", "unknown type");
        assertThat(received.body().length()).isGreaterThan(1);
        assertThat(Wire.decode("just a string").incomplete()).contains("just a string");
        assertThat(Wire.decode(section(0x73, List.of(1, 2, 3))).incomplete()).contains("cannot be decoded");
    }

    /** Nests lists of one element each, more deeply than any stack has room for. */
    @Test
    void aMessageThatIsTooDeepIsSaidToBe() {
        var bytes = new byte[3_000_000];
        var end = bytes.length;
        var at = 0;
        for (var head : new int[] {0x00, 0x53, 0x77}) {
            bytes[at++] = (byte) head;
        }
        while (end - at >= 9) {
            var list = ByteBuffer.wrap(bytes, at, 9);
            list.put((byte) 0xd0).putInt(end - at - 5).putInt(1);
            at += 9;
        }
        Arrays.fill(bytes, at, end, (byte) 0x45);

        var received = MessageMapping.fromAmqp(MessageDecoder.decode(ReadableBuffer.ByteBufferReader.wrap(bytes)));

        assertThat(received.incomplete()).contains("cannot be decoded");
        assertThat(received.body().length()).isEqualTo(bytes.length);
    }

    @Property(tries = 2000)
    void anyBytesAreAMessageOrAreSaidToBeNone(@ForAll byte[] bytes) {
        var received =
                MessageMapping.fromAmqp(MessageDecoder.decode(ReadableBuffer.ByteBufferReader.wrap(bytes.clone())));

        if (received.incomplete() != null && received.incomplete().contains("cannot be decoded")) {
            assertThat(received.body().getBytes()).isEqualTo(bytes);
        }
    }

    @Property(tries = 2000)
    void aMessageWithOneByteChangedDoesNoHarm(@ForAll @IntRange(max = 200) int place, @ForAll byte change) {
        var properties = new Properties();
        properties.setMessageId("id-1");
        properties.setUserId(new Binary(new byte[] {1, 2, 3}));
        var headers = Map.<String, Object>of("a", 1, "b", "text", "x-c", List.of(1, Map.of("k", true)));
        var message = MessageMapping.toAmqp(Wire.withHeaders(headers));
        message.setProperties(properties);
        var bytes = new byte[1000];
        var sent = Arrays.copyOf(bytes, message.encode(bytes, 0, bytes.length));
        sent = Arrays.copyOf(bytes, sent.length);
        sent[place % sent.length] = change;

        assertThat(MessageMapping.fromAmqp(MessageDecoder.decode(ReadableBuffer.ByteBufferReader.wrap(sent))))
                .isNotNull();
    }
}
