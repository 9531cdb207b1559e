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

    /**
     * Sets what duplicates are recognised by.
     *
     * @param id the message id; {@code null} or empty for none
     * @return this
     */
    public PropertiesBuilder messageId(String id) {
        messageId = id;
        return this;
    }

    /**
     * Sets what ties a reply to its request.
     *
     * @param id the correlation id; {@code null} or empty for none
     * @return this
     */
    public PropertiesBuilder correlationId(String id) {
        correlationId = id;
        return this;
    }

    /**
     * Sets where a reply is expected.
     *
     * @param queue the name of a queue; {@code null} or empty for none
     * @return this
     */
    public PropertiesBuilder replyTo(String queue) {
        replyTo = queue;
        return this;
    }

    /**
     * Sets the media type of the body.
     *
     * @param mimeType for example {@code application/json}; {@code null} or empty for none
     * @return this
     */
    public PropertiesBuilder contentType(String mimeType) {
        contentType = mimeType;
        return this;
    }

    /**
     * Sets how the body is encoded beyond its media type.
     *
     * @param encoding a charset or a compression; {@code null} or empty for none
     * @return this
     */
    public PropertiesBuilder contentEncoding(String encoding) {
        contentEncoding = encoding;
        return this;
    }

    /**
     * Sets when the message was made.
     *
     * @param made to the second over AMQP 0-9-1; {@code null} for none
     * @return this
     */
    public PropertiesBuilder timestamp(Instant made) {
        timestamp = made;
        return this;
    }

    /**
     * Sets the priority.
     *
     * @param value 0 to 255; {@code null} for none
     * @return this
     */
    public PropertiesBuilder priority(Integer value) {
        priority = value;
        return this;
    }

    /**
     * Sets how long the message may wait in a queue.
     *
     * @param millis in milliseconds, as a text; {@code null} or empty for ever
     * @return this
     */
    public PropertiesBuilder expiration(String millis) {
        expiration = millis;
        return this;
    }

    /**
     * Sets the application-defined kind of message.
     *
     * @param kind {@code null} or empty for none
     * @return this
     */
    public PropertiesBuilder type(String kind) {
        type = kind;
        return this;
    }

    /**
     * Sets who has published the message; a broker compares this with the user of the connection.
     *
     * @param user {@code null} or empty for none
     * @return this
     */
    public PropertiesBuilder userId(String user) {
        userId = user;
        return this;
    }

    /**
     * Sets which application has made the message.
     *
     * @param application {@code null} or empty for none
     * @return this
     */
    public PropertiesBuilder appId(String application) {
        appId = application;
        return this;
    }

    /**
     * Sets whether a durable queue keeps the message through a restart of the broker.
     *
     * @param kept {@code true} if it does
     * @return this
     */
    public PropertiesBuilder persistent(boolean kept) {
        persistent = kept;
        return this;
    }

    /**
     * Sets one header beside those that are set already.
     *
     * @param name of the application header
     * @param value of one of the types that headers may have, see {@link dev.busbar.codec}
     * @return this
     */
    public PropertiesBuilder header(String name, Object value) {
        if (!headersOwned) {
            headers = new LinkedHashMap<>(headers);
            headersOwned = true;
        }
        headers.put(name, value);
        return this;
    }

    /**
     * Sets the application headers instead of those that are set already.
     *
     * @param all by name; not changed, and copied when the properties are built
     * @return this
     */
    public PropertiesBuilder headers(Map<String, Object> all) {
        headers = all;
        headersOwned = false;
        return this;
    }

    /**
     * Builds what has been set so far; the builder can be used on.
     *
     * @return the properties, immutable
     * @throws IllegalArgumentException if the priority is not 0 to 255
     */
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
