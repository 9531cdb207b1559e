package dev.busbar.broker.amqp10;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Data;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.amqp.messaging.Section;
import org.apache.qpid.proton.codec.AMQPDefinedTypes;
import org.apache.qpid.proton.codec.DecoderImpl;
import org.apache.qpid.proton.codec.EncoderImpl;
import org.apache.qpid.proton.codec.ReadableBuffer;
import org.apache.qpid.proton.message.Message;

/**
 * Decodes whole messages. proton decodes only the first body section, and fails over a message in which a broker has
 * taken one type for another. A message that it cannot decode never reaches its user, is not settled in a way that
 * anyone has chosen, and may come again for ever. Footer and delivery annotations are left out.
 */
final class MessageDecoder {

    private static final FastThreadLocal<DecoderImpl> STRICT = new FastThreadLocal<>() {
        @Override
        protected DecoderImpl initialValue() {
            return decoder();
        }
    };

    private static final FastThreadLocal<DecoderImpl> LENIENT = new FastThreadLocal<>() {
        @Override
        protected DecoderImpl initialValue() {
            return LenientSections.registered(decoder());
        }
    };

    private Header header;
    private MessageAnnotations annotations;
    private Properties properties;
    private ApplicationProperties applicationProperties;
    private final List<Section> body = new ArrayList<>(1);

    private MessageDecoder() {}

    private static DecoderImpl decoder() {
        var decoder = new DecoderImpl();
        AMQPDefinedTypes.registerAllTypes(decoder, new EncoderImpl(decoder));
        return decoder;
    }

    /** Decodes a message. Never throws: a message that cannot be decoded has an {@link UnreadableBody}. */
    static Message decode(ReadableBuffer bytes) {
        var start = bytes.position();
        try {
            return new MessageDecoder().read(STRICT.get(), bytes);
        } catch (RuntimeException | StackOverflowError strict) {
            bytes.position(start);
            try {
                return new MessageDecoder().read(LENIENT.get(), bytes);
            } catch (RuntimeException | StackOverflowError e) {
                bytes.position(start);
                return unreadable(bytes, e);
            }
        }
    }

    private static Message unreadable(ReadableBuffer bytes, Throwable failure) {
        var all = new byte[bytes.remaining()];
        bytes.get(all);
        var why = failure instanceof StackOverflowError ? "it is nested too deeply" : failure.getMessage();
        return Message.Factory.create(null, null, null, null, null, new UnreadableBody(new Binary(all), why), null);
    }

    private Message read(DecoderImpl decoder, ReadableBuffer bytes) {
        decoder.setBuffer(bytes);
        try {
            while (bytes.hasRemaining()) {
                addSection(decoder.readObject());
            }
        } finally {
            decoder.setBuffer(null);
        }
        return Message.Factory.create(header, null, annotations, properties, applicationProperties, body(), null);
    }

    private void addSection(Object section) {
        if (section instanceof Data || section instanceof AmqpValue || section instanceof AmqpSequence) {
            body.add((Section) section);
        } else if (section instanceof Properties read) {
            properties = read;
        } else if (section instanceof Header read) {
            header = read;
        } else if (section instanceof ApplicationProperties read) {
            applicationProperties = read;
        } else if (section instanceof MessageAnnotations read) {
            annotations = read;
        } else if (!(section instanceof Section)) {
            throw new IllegalArgumentException("it has a section of an unknown type, " + section);
        }
    }

    private Section body() {
        if (body.size() < 2) {
            return body.isEmpty() ? null : body.get(0);
        }
        if (body.stream().allMatch(Data.class::isInstance)) {
            return new Data(Binary.combine(
                    body.stream().map(section -> ((Data) section).getValue()).toList()));
        }
        if (body.stream().allMatch(AmqpSequence.class::isInstance)) {
            var all = new ArrayList<Object>();
            body.forEach(section -> all.addAll((List<?>) ((AmqpSequence) section).getValue()));
            return new AmqpSequence(all);
        }
        throw new IllegalArgumentException("it has body sections of several kinds, or several values");
    }
}
