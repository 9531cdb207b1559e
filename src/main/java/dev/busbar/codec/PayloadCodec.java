package dev.busbar.codec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import dev.busbar.config.BodyMode;
import dev.busbar.config.DatetimeStyle;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Decodes bodies from the wire into event bus bodies, and encodes them again, by the rules in this package's
 * description. Immutable and thread-safe. Works on the caller's thread and never blocks.
 */
public final class PayloadCodec {

    /**
     * An encoded body and its content type.
     *
     * @param body must not be changed; may share memory with the event bus body
     */
    public record Encoded(Buffer body, String contentType) {}

    private final PayloadReader reader;
    private final PayloadWriter writer;

    /**
     * @param style how datetimes are written; every style is read
     * @param maxInflatedBytes the largest size of an inflated body, 1 to 2<sup>31</sup> − 9
     */
    public PayloadCodec(DatetimeStyle style, long maxInflatedBytes) {
        this(style, maxInflatedBytes, JsonReader.FACTORY);
    }

    private PayloadCodec(DatetimeStyle style, long maxInflatedBytes, JsonFactory json) {
        reader = new PayloadReader(new BoundedInflation(maxInflatedBytes));
        writer = new PayloadWriter(new JsonWriter(requireNonNull(style, "style"), json));
    }

    /** Returns a codec that writes bodies of the maximum depth with an envelope around them. */
    public static PayloadCodec forEnvelopes(DatetimeStyle style) {
        return new PayloadCodec(style, 1, JsonReader.ENVELOPES);
    }

    /**
     * Loads the libraries for compressed bodies, on a worker. Otherwise the first compressed body would load them, on
     * an event loop.
     */
    public static Future<Void> prepare(Vertx vertx) {
        return vertx.executeBlocking(
                        () -> {
                            Compression.loadLibraries();
                            return null;
                        },
                        false)
                .mapEmpty();
    }

    /** How deep headers and bodies may be nested, in levels. Jackson allows more, which leaves room for an envelope. */
    public static final int MAX_DEPTH = JsonReader.MAX_DEPTH;

    /**
     * Reads the body of a message.
     *
     * @return a {@code JsonObject}, {@code JsonArray}, {@code String}, {@code Buffer}, number, {@code Boolean} or
     *     {@code null}; the event bus has a codec for each of them
     * @throws UnreadablePayloadException if the body cannot or must not be read
     */
    public Object decode(BridgeMessage message) {
        return reader.read(message);
    }

    /**
     * Reads the body of a message, whatever its content type says.
     *
     * @param mode {@code null} as {@link #decode(BridgeMessage)}
     * @throws UnreadablePayloadException if the body cannot be read as that
     */
    public Object decode(BridgeMessage message, BodyMode mode) {
        return mode == null ? reader.read(message) : reader.read(message, mode);
    }

    /**
     * Returns whether the body of a message is JSON, or may be, but stays a {@code Buffer}, because its content
     * encoding, charset or compression is not known.
     */
    public static boolean isUnopenedJson(BridgeMessage message) {
        BodyFormat format = BodyFormat.of(message.properties());
        return format.opaque() && (format.type() == null || format.type().isJson());
    }

    /**
     * Returns the JSON text of a body as its sender has written it, with all digits of its numbers. It serves those who
     * only show the body or pass it on.
     *
     * @param decoded the result of {@link #decode} for the message
     * @return {@code null} if the body is not JSON, or if its text differs from its decoded form, as with kombu's types
     */
    public static String asWritten(BridgeMessage message, Object decoded) {
        return WrittenJson.of(message, decoded);
    }

    /** As {@link #encode(Object, String)}, without a requested content type. */
    public Encoded encode(Object body) {
        return encode(body, (String) null);
    }

    /**
     * Writes a body.
     *
     * @param contentType the content type that the sender requests, or {@code null}
     * @throws IllegalArgumentException if the body cannot be written, or not as that type: names its class and the
     *     place in the body
     */
    public Encoded encode(Object body, String contentType) {
        return write(body, contentType, null, null);
    }

    /**
     * Writes a body as the headers of its event bus message request: {@code amqp-content-type} names the content type,
     * and {@code amqp-content-encoding} the charset of text.
     *
     * @throws IllegalArgumentException as {@link #encode(Object, String)}, or if the headers name a compression
     *     although the body is not bytes
     */
    public Encoded encode(Object body, MultiMap headers) {
        String contentType = headers.get(BusHeaders.CONTENT_TYPE);
        String contentEncoding = headers.get(BusHeaders.CONTENT_ENCODING);
        if (!(body instanceof Buffer) && !(body instanceof byte[])) {
            PayloadWriter.refuseCompression(headers, contentEncoding);
        }
        return write(body, contentType, contentEncoding, null);
    }

    /**
     * Writes a body, whatever the content type says, which is the requested one all the same.
     *
     * @param mode {@code null} as {@link #encode(Object, MultiMap)}
     * @throws IllegalArgumentException as {@link #encode(Object, MultiMap)}, or if the body is not of that mode
     */
    public Encoded encode(Object body, MultiMap headers, BodyMode mode) {
        if (mode == null) {
            return encode(body, headers);
        }
        String contentEncoding = headers.get(BusHeaders.CONTENT_ENCODING);
        if (mode != BodyMode.BYTES) {
            PayloadWriter.refuseCompression(headers, contentEncoding);
        }
        return write(body, headers.get(BusHeaders.CONTENT_TYPE), contentEncoding, mode);
    }

    /** What a sender's own objects throw is a refusal too, else nobody would hear of it. */
    private Encoded write(Object body, String contentType, String contentEncoding, BodyMode mode) {
        try {
            BodyEncoding encoding = BodyEncoding.parse(contentEncoding);
            return mode == null
                    ? writer.write(body, contentType, encoding)
                    : writer.write(body, contentType, encoding, mode);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the body cannot be written: " + e, e);
        }
    }

    /** Returns the bytes of the buffer without copying them. Reading them moves no index of the buffer. */
    static ByteBuf bytes(Buffer buffer) {
        return ((BufferInternal) buffer).getByteBuf();
    }

    static Buffer buffer(ByteBuf bytes) {
        return BufferInternal.buffer(bytes);
    }

    static Buffer buffer(byte[] bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }
}
