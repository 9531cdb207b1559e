package dev.busbar.codec;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a message carries besides its routing key and body, in the vocabulary both AMQP versions share. Every component
 * but {@code persistent} and {@code headers} may be {@code null}, which means "not set". An empty text means the same:
 * some clients write one where they have none, and it neither tells messages apart nor names a queue. Made by
 * {@link #builder()}; the constructor is for the mappings that every message passes.
 *
 * @param messageId stable identity of the message; duplicates are recognised by it
 * @param correlationId ties a reply to its request
 * @param replyTo the queue that expects the reply
 * @param contentType MIME type of the body
 * @param contentEncoding how the body is encoded, e.g. {@code utf-8} as kombu writes it
 * @param timestamp when the message was made; AMQP 0-9-1 keeps whole seconds
 * @param priority 0 to 255
 * @param expiration time to live, in milliseconds, as AMQP 0-9-1 writes it
 * @param type application-defined kind of message
 * @param userId the authenticated sender, checked by the broker
 * @param appId the sending application
 * @param persistent whether a durable queue keeps the message through a restart of the broker
 * @param headers application headers, in no particular order, with the Java types listed in this package's description
 */
public record MessageProperties(
        String messageId,
        String correlationId,
        String replyTo,
        String contentType,
        String contentEncoding,
        Instant timestamp,
        Integer priority,
        String expiration,
        String type,
        String userId,
        String appId,
        boolean persistent,
        Map<String, Object> headers) {

    public MessageProperties {
        messageId = set(messageId);
        correlationId = set(correlationId);
        replyTo = set(replyTo);
        contentType = set(contentType);
        contentEncoding = set(contentEncoding);
        expiration = set(expiration);
        type = set(type);
        userId = set(userId);
        appId = set(appId);
        headers = headers.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        if (priority != null && (priority < 0 || priority > 255)) {
            throw new IllegalArgumentException("priority must be 0 to 255, not " + priority);
        }
    }

    private static String set(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /**
     * Begins with nothing set, for a message that a durable queue does not keep.
     *
     * @return a builder of its own
     */
    public static PropertiesBuilder builder() {
        return new PropertiesBuilder();
    }

    /**
     * Begins with all properties of this message, to change some of them.
     *
     * @return a builder of its own
     */
    public PropertiesBuilder toBuilder() {
        return new PropertiesBuilder(this);
    }

    /**
     * Copies all properties, with other application headers.
     *
     * @param others the application headers instead of its own
     * @return with these, and all else as here
     */
    public MessageProperties withHeaders(Map<String, Object> others) {
        return toBuilder().headers(others).build();
    }
}
