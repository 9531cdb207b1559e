package dev.busbar.broker.amqp10;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.DescribedTypeConstructor;

/**
 * Decodes sections in which strings stand for symbols and binary, and any value for the name of a header. RabbitMQ 3
 * writes the user-id as a string when the message entered by 0-9-1, and the name of an annotation when the message
 * comes from a stream.
 */
final class LenientSections {

    private LenientSections() {}

    private record Made<V>(Class<V> type, Function<Object, V> maker) implements DescribedTypeConstructor<V> {

        @Override
        public V newInstance(Object described) {
            return maker.apply(described);
        }

        @Override
        public Class<V> getTypeClass() {
            return type;
        }
    }

    /** Registers these sections with a decoder, and returns the decoder. */
    static DecoderImpl registered(DecoderImpl decoder) {
        var annotations = new Made<>(MessageAnnotations.class, LenientSections::annotations);
        decoder.register(UnsignedLong.valueOf(0x72), annotations);
        decoder.register(Symbol.valueOf("amqp:message-annotations:map"), annotations);
        var headers = new Made<>(ApplicationProperties.class, LenientSections::headers);
        decoder.register(UnsignedLong.valueOf(0x74), headers);
        decoder.register(Symbol.valueOf("amqp:application-properties:map"), headers);
        var properties = new Made<>(Properties.class, LenientSections::properties);
        decoder.register(UnsignedLong.valueOf(0x73), properties);
        decoder.register(Symbol.valueOf("amqp:properties:list"), properties);
        return decoder;
    }

    private static MessageAnnotations annotations(Object map) {
        var annotations = new LinkedHashMap<Symbol, Object>();
        ((Map<?, ?>) map).forEach((name, value) -> annotations.put(symbol(requireName(name)), value));
        return new MessageAnnotations(annotations);
    }

    private static ApplicationProperties headers(Object map) {
        var headers = new LinkedHashMap<String, Object>();
        ((Map<?, ?>) map).forEach((name, value) -> headers.put(requireName(name).toString(), value));
        return new ApplicationProperties(headers);
    }

    private static Object requireName(Object name) {
        if (name == null) {
            throw new IllegalArgumentException("a header of it has no name");
        }
        return name;
    }

    private static Properties properties(Object list) {
        var fields = (List<?>) list;
        var properties = new Properties();
        properties.setMessageId(field(fields, 0));
        properties.setUserId(binary(field(fields, 1)));
        properties.setTo((String) field(fields, 2));
        properties.setSubject((String) field(fields, 3));
        properties.setReplyTo((String) field(fields, 4));
        properties.setCorrelationId(field(fields, 5));
        properties.setContentType(symbol(field(fields, 6)));
        properties.setContentEncoding(symbol(field(fields, 7)));
        properties.setAbsoluteExpiryTime((Date) field(fields, 8));
        properties.setCreationTime((Date) field(fields, 9));
        properties.setGroupId((String) field(fields, 10));
        properties.setGroupSequence((UnsignedInteger) field(fields, 11));
        properties.setReplyToGroupId((String) field(fields, 12));
        return properties;
    }

    private static Object field(List<?> fields, int index) {
        return index < fields.size() ? fields.get(index) : null;
    }

    private static Binary binary(Object value) {
        return value instanceof String text ? new Binary(text.getBytes(StandardCharsets.UTF_8)) : (Binary) value;
    }

    private static Symbol symbol(Object value) {
        return value == null ? null : Symbol.valueOf(value.toString());
    }
}
