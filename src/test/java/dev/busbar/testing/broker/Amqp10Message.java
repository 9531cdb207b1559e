package dev.busbar.testing.broker;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.protonj2.buffer.ProtonBuffer;
import org.apache.qpid.protonj2.buffer.ProtonBufferAllocator;
import org.apache.qpid.protonj2.codec.Decoder;
import org.apache.qpid.protonj2.codec.decoders.ProtonDecoderFactory;
import org.apache.qpid.protonj2.codec.decoders.messaging.ApplicationPropertiesTypeDecoder;
import org.apache.qpid.protonj2.codec.decoders.messaging.MessageAnnotationsTypeDecoder;
import org.apache.qpid.protonj2.codec.decoders.primitives.ListTypeDecoder;
import org.apache.qpid.protonj2.codec.decoders.primitives.MapTypeDecoder;
import org.apache.qpid.protonj2.codec.decoders.primitives.TimestampTypeDecoder;
import org.apache.qpid.protonj2.types.messaging.AmqpValue;
import org.apache.qpid.protonj2.types.messaging.Data;
import org.apache.qpid.protonj2.types.messaging.Header;
import org.apache.qpid.protonj2.types.messaging.Properties;

/**
 * Holds a received message in its sections, read from its bytes: the client itself takes timestamps for longs.
 *
 * @param header empty if there was none, as are the other sections
 */
public record Amqp10Message(
        Header header,
        Properties properties,
        Map<String, Object> annotations,
        Map<String, Object> applicationProperties,
        Buffer body) {

    static Amqp10Message read(byte[] encoded) {
        return new Reader(encoded).message();
    }

    private static final class Reader {

        private final Decoder decoder = ProtonDecoderFactory.create();
        private final ProtonBuffer bytes;
        private final Buffer body = Buffer.buffer();
        private Map<String, Object> annotations = Map.of();
        private Map<String, Object> applicationProperties = Map.of();
        private Header header = new Header();
        private Properties properties = new Properties();

        Reader(byte[] encoded) {
            bytes = ProtonBufferAllocator.defaultAllocator().copy(encoded);
        }

        Amqp10Message message() {
            while (bytes.isReadable()) {
                readSection();
            }
            return new Amqp10Message(header, properties, annotations, applicationProperties, body);
        }

        private void readSection() {
            var type = decoder.readNextTypeDecoder(bytes, decoder.getCachedDecoderState());
            if (type instanceof MessageAnnotationsTypeDecoder) {
                annotations = map();
            } else if (type instanceof ApplicationPropertiesTypeDecoder) {
                applicationProperties = map();
            } else {
                keep(type.readValue(bytes, decoder.getCachedDecoderState()));
            }
        }

        private void keep(Object section) {
            if (section instanceof Header read) {
                header = read;
            } else if (section instanceof Properties read) {
                properties = read;
            } else if (section instanceof Data data) {
                body.appendBytes(data.getValue());
            } else if (section instanceof AmqpValue<?> value && value.getValue() instanceof String text) {
                body.appendString(text);
            } else {
                throw new IllegalStateException("a section that the tests do not know: " + section);
            }
        }

        @SuppressWarnings("unchecked")
        private Map<String, Object> map() {
            return (Map<String, Object>) value();
        }

        private Object value() {
            var state = decoder.getCachedDecoderState();
            var type = decoder.readNextTypeDecoder(bytes, state);
            if (type instanceof TimestampTypeDecoder timestamp) {
                return new Date(timestamp.readValue(bytes, state));
            } else if (type instanceof MapTypeDecoder map) {
                map.readSize(bytes, state);
                return map(map.readCount(bytes, state) / 2);
            } else if (type instanceof ListTypeDecoder list) {
                list.readSize(bytes, state);
                return list(list.readCount(bytes, state));
            }
            return type.readValue(bytes, state);
        }

        private Map<String, Object> map(int entries) {
            var map = new LinkedHashMap<String, Object>();
            for (var i = 0; i < entries; i++) {
                map.put(value().toString(), value());
            }
            return map;
        }

        private List<Object> list(int length) {
            var list = new ArrayList<>();
            for (var i = 0; i < length; i++) {
                list.add(value());
            }
            return list;
        }
    }
}
