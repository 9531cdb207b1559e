package dev.busbar.broker.amqp10;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnsignedByte;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.messaging.Header;
import org.apache.qpid.proton.amqp.messaging.Properties;
import org.apache.qpid.proton.message.Message;

/**
 * Maps messages to AMQP 1.0 and back, by the tables in the description of {@link dev.busbar.codec}. Maps all but
 * addresses: where a message goes and came from, and what its reply-to means, is different with every broker.
 */
final class MessageMapping {

    private static final long MAX_TTL_MILLIS = 0xFFFF_FFFFL;

    /**
     * The least time that is taken for milliseconds, rather than seconds: it is the spring of 1973 in milliseconds, the
     * year 5138 in seconds.
     */
    private static final long LEAST_MILLIS = 100_000_000_000L;

    private MessageMapping() {}

    /**
     * Maps a message, without {@code to} and {@code subject}. The result shares memory with the body.
     *
     * @throws IllegalArgumentException naming the property or header that AMQP 1.0 cannot hold, and the remedy
     */
    static Message toAmqp(BridgeMessage message) {
        var properties = message.properties();
        return Message.Factory.create(
                header(properties),
                null,
                HeaderSections.annotations(properties.type(), properties.headers()),
                properties(properties),
                HeaderSections.applicationProperties(properties.headers()),
                BodySections.toAmqp(message.body()),
                null);
    }

    /**
     * Makes the header section, which says of a transient message too that it is not durable: where nobody says,
     * RabbitMQ before 4.2 takes a message for durable.
     */
    private static Header header(MessageProperties properties) {
        var header = new Header();
        header.setDurable(properties.persistent());
        if (properties.priority() != null) {
            header.setPriority(UnsignedByte.valueOf(properties.priority().byteValue()));
        }
        if (properties.expiration() != null) {
            header.setTtl(ttl(properties.expiration()));
        }
        return header;
    }

    private static UnsignedInteger ttl(String expiration) {
        try {
            var millis = Long.parseLong(expiration);
            if (millis >= 0 && millis <= MAX_TTL_MILLIS) {
                return UnsignedInteger.valueOf(millis);
            }
        } catch (NumberFormatException e) {
            // The exception below tells of it.
        }
        throw new IllegalArgumentException("expiration '" + expiration + "': AMQP 1.0 has 0 to " + MAX_TTL_MILLIS
                + " milliseconds, about 49 days; set it so or leave it out");
    }

    private static Properties properties(MessageProperties properties) {
        var section = new Properties();
        section.setMessageId(properties.messageId());
        section.setCorrelationId(properties.correlationId());
        section.setReplyTo(properties.replyTo());
        section.setContentType(symbol("content type", properties.contentType()));
        section.setContentEncoding(symbol("content encoding", properties.contentEncoding()));
        section.setGroupId(properties.appId());
        if (properties.userId() != null) {
            section.setUserId(new Binary(properties.userId().getBytes(StandardCharsets.UTF_8)));
        }
        if (properties.timestamp() != null) {
            section.setCreationTime(date("timestamp", properties.timestamp()));
        }
        return section;
    }

    private static Symbol symbol(String property, String text) {
        for (int i = 0; text != null && i < text.length(); i++) {
            if (text.charAt(i) > 0x7F) {
                throw new IllegalArgumentException(property + " '" + text
                        + "': AMQP 1.0 has it in ASCII; write it without the character '" + text.charAt(i) + "'");
            }
        }
        return Symbol.valueOf(text);
    }

    static Date date(String what, Instant instant) {
        try {
            return new Date(instant.toEpochMilli());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    what + " " + instant + ": AMQP 1.0 counts milliseconds in 64 bits; use a time nearer to ours");
        }
    }

    /** Reads a time of creation. Broker-J and RabbitMQ 3 write the seconds of AMQP 0-9-1 here as they are. */
    private static Instant timestamp(Date creation) {
        if (isNoTime(creation) || creation == null) {
            return null;
        }
        var time = creation.getTime();
        return time > 0 && time < LEAST_MILLIS ? Instant.ofEpochSecond(time) : Instant.ofEpochMilli(time);
    }

    private static boolean isNoTime(Date creation) {
        return creation != null && !Timestamps.isTime(creation.getTime());
    }

    private static Map<String, Object> headers(Map<String, Object> own, Date creation) {
        if (!isNoTime(creation)) {
            return own;
        }
        var headers = new LinkedHashMap<>(own);
        headers.put(Timestamps.NUMBER, creation.getTime());
        return headers;
    }

    /** Maps a received message. Never throws: {@link ReceivedParts#incomplete()} says what cannot be read. */
    static ReceivedParts fromAmqp(Message message) {
        var section = message.getProperties() == null ? new Properties() : message.getProperties();
        var header = message.getHeader();
        var body = BodySections.fromAmqp(message, section);
        var headers = HeaderSections.headers(message.getApplicationProperties(), message.getMessageAnnotations());
        // Not by a builder, which would cost each message 64 bytes: the compiler does not always do away with it.
        var properties = new MessageProperties(
                Ids.text(section.getMessageId()),
                Ids.text(section.getCorrelationId()),
                section.getReplyTo(),
                body.contentType(),
                body.contentEncoding(),
                timestamp(section.getCreationTime()),
                header == null || header.getPriority() == null
                        ? null
                        : header.getPriority().intValue(),
                header == null || header.getTtl() == null
                        ? null
                        : header.getTtl().toString(),
                HeaderSections.type(message.getMessageAnnotations()),
                Ids.text(section.getUserId()),
                section.getGroupId(),
                header != null && Boolean.TRUE.equals(header.getDurable()),
                headers(headers.values(), section.getCreationTime()));
        return new ReceivedParts(properties, body.bytes(), body.problem() != null ? body.problem() : headers.problem());
    }
}
