package dev.busbar.broker.amqp10;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.codec.AMQPDefinedTypes;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.EncoderImpl;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.message.Message;

/** Encodes messages and decodes them again. */
final class Wire {

    private Wire() {}

    /** Returns a message as it is after encoding and decoding. */
    static Message carry(Message message) {
        var bytes = new byte[1 << 20];
        var length = message.encode(bytes, 0, bytes.length);
        return MessageDecoder.decode(ReadableBuffer.ByteBufferReader.wrap(Arrays.copyOf(bytes, length)));
    }

    /** Decodes these sections, encoded one after the other. */
    static ReceivedParts decode(Object... sections) {
        var decoder = new DecoderImpl();
        var encoder = new EncoderImpl(decoder);
        AMQPDefinedTypes.registerAllTypes(decoder, encoder);
        var buffer = ByteBuffer.allocate(1 << 20);
        encoder.setByteBuffer(buffer);
        for (var section : sections) {
            encoder.writeObject(section);
        }
        return MessageMapping.fromAmqp(MessageDecoder.decode(ReadableBuffer.ByteBufferReader.wrap(buffer.flip())));
    }

    static ReceivedParts carry(BridgeMessage message) {
        return MessageMapping.fromAmqp(carry(MessageMapping.toAmqp(message)));
    }

    static Map<String, Object> carry(Map<String, Object> headers) {
        return carry(withHeaders(headers)).properties().headers();
    }

    static BridgeMessage withHeaders(Map<String, Object> headers) {
        return of(MessageProperties.builder().persistent(true).headers(headers).build());
    }

    static BridgeMessage of(MessageProperties properties) {
        return new BridgeMessage("busbar", "a.b", properties, Buffer.buffer("{}"));
    }

    /** Receives a foreign message with these sections, each of which may be missing. */
    static ReceivedParts receive(Section... sections) {
        Header header = null;
        MessageAnnotations annotations = null;
        Properties properties = null;
        ApplicationProperties application = null;
        Section body = null;
        for (var section : sections) {
            if (section instanceof Header given) {
                header = given;
            } else if (section instanceof MessageAnnotations given) {
                annotations = given;
            } else if (section instanceof Properties given) {
                properties = given;
            } else if (section instanceof ApplicationProperties given) {
                application = given;
            } else {
                body = section;
            }
        }
        return MessageMapping.fromAmqp(
                carry(Message.Factory.create(header, null, annotations, properties, application, body, null)));
    }

    static ApplicationProperties property(String name, Object value) {
        var map = new HashMap<String, Object>();
        map.put(name, value);
        return new ApplicationProperties(map);
    }

    static MessageAnnotations annotation(String name, Object value) {
        return new MessageAnnotations(new HashMap<>(Map.of(Symbol.valueOf(name), value)));
    }
}
