package dev.busbar.codec;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Builds {@link MessageProperties} by name. What is not named is not set: the properties of a new builder are those of
 * a message that a durable queue does not keep, without headers. Not thread-safe.
 */
public final class PropertiesBuilder {

    private String messageId;
    private String correlationId;
    private String replyTo;
    private String contentType;
    private String contentEncoding;
    private Instant timestamp;
    private Integer priority;
    private String expiration;
    private String type;
    private String userId;
    private String appId;
    private boolean persistent;
    /** Belongs to somebody else until {@link #header} copies it. */
    private Map<String, Object> headers = Map.of();

    private boolean headersOwned;

    PropertiesBuilder() {}

    PropertiesBuilder(MessageProperties properties) {
        messageId = properties.messageId();
        correlationId = properties.correlationId();
        replyTo = properties.replyTo();
        contentType = properties.contentType();
        contentEncoding = properties.contentEncoding();
        timestamp = properties.timestamp();
        priority = properties.priority();
        expiration = properties.expiration();
        type = properties.type();
        userId = properties.userId();
        appId = properties.appId();
        persistent = properties.persistent();
        headers = properties.headers();
    }

    public PropertiesBuilder messageId(String id) {
        messageId = id;
        return this;
    }

    public PropertiesBuilder correlationId(String id) {
        correlationId = id;
        return this;
    }

    public PropertiesBuilder replyTo(String queue) {
        replyTo = queue;
        return this;
    }

    public PropertiesBuilder contentType(String mimeType) {
        contentType = mimeType;
        return this;
    }

    public PropertiesBuilder contentEncoding(String encoding) {
        contentEncoding = encoding;
        return this;
    }

    public PropertiesBuilder timestamp(Instant made) {
        timestamp = made;
        return this;
    }

    /** @param value 0 to 255; {@code null} for none */
    public PropertiesBuilder priority(Integer value) {
        priority = value;
        return this;
    }

    /** @param millis time to live, in milliseconds, as a text */
    public PropertiesBuilder expiration(String millis) {
        expiration = millis;
        return this;
    }

    public PropertiesBuilder type(String kind) {
        type = kind;
        return this;
    }

    public PropertiesBuilder userId(String user) {
        userId = user;
        return this;
    }

    public PropertiesBuilder appId(String application) {
        appId = application;
        return this;
    }

    public PropertiesBuilder persistent(boolean kept) {
        persistent = kept;
        return this;
    }

    /** Sets one header beside those that are set already. */
    public PropertiesBuilder header(String name, Object value) {
        if (!headersOwned) {
            headers = new LinkedHashMap<>(headers);
            headersOwned = true;
        }
        headers.put(name, value);
        return this;
    }

    /** Sets these headers instead of those that are set already. */
    public PropertiesBuilder headers(Map<String, Object> all) {
        headers = all;
        headersOwned = false;
        return this;
    }

    /** @throws IllegalArgumentException if the priority is none that AMQP knows */
    public MessageProperties build() {
        return new MessageProperties(
                messageId,
                correlationId,
                replyTo,
                contentType,
                contentEncoding,
                timestamp,
                priority,
                expiration,
                type,
                userId,
                appId,
                persistent,
                headers);
    }
}
