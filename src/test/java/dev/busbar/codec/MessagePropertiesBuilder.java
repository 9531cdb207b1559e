package dev.busbar.codec;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Properties of which only a few are set; transient unless told otherwise. */
public final class MessagePropertiesBuilder {

    private final String contentType;
    private final Map<String, Object> headers = new LinkedHashMap<>();
    private String messageId;
    private String correlationId;
    private String replyTo;
    private String contentEncoding;
    private Instant timestamp;
    private Integer priority;
    private String expiration;
    private String type;
    private String userId;
    private String appId;
    private boolean persistent;

    private MessagePropertiesBuilder(String contentType) {
        this.contentType = contentType;
    }

    /** With no content type. */
    public static MessagePropertiesBuilder bare() {
        return new MessagePropertiesBuilder(null);
    }

    public static MessagePropertiesBuilder ofJson() {
        return of("application/json");
    }

    public static MessagePropertiesBuilder of(String contentType) {
        return new MessagePropertiesBuilder(contentType);
    }

    public MessagePropertiesBuilder messageId(String id) {
        messageId = id;
        return this;
    }

    public MessagePropertiesBuilder correlationId(String id) {
        correlationId = id;
        return this;
    }

    public MessagePropertiesBuilder replyTo(String queue) {
        replyTo = queue;
        return this;
    }

    public MessagePropertiesBuilder contentEncoding(String encoding) {
        contentEncoding = encoding;
        return this;
    }

    public MessagePropertiesBuilder timestamp(Instant made) {
        timestamp = made;
        return this;
    }

    public MessagePropertiesBuilder priority(int value) {
        priority = value;
        return this;
    }

    public MessagePropertiesBuilder expiration(String millis) {
        expiration = millis;
        return this;
    }

    public MessagePropertiesBuilder type(String kind) {
        type = kind;
        return this;
    }

    public MessagePropertiesBuilder userId(String user) {
        userId = user;
        return this;
    }

    public MessagePropertiesBuilder appId(String application) {
        appId = application;
        return this;
    }

    public MessagePropertiesBuilder persistent() {
        persistent = true;
        return this;
    }

    public MessagePropertiesBuilder header(String name, Object value) {
        headers.put(name, value);
        return this;
    }

    public MessagePropertiesBuilder headers(Map<String, Object> more) {
        headers.putAll(more);
        return this;
    }

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
