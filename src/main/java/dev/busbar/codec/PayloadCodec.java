package dev.busbar.codec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import dev.busbar.config.DatetimeStyle;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * Turns bodies on the wire into what the event bus carries, and back. Immutable and thread-safe; works in the caller's
 * thread and never blocks. The rules are in this package's description.
 */
public final class PayloadCodec {

    /**
     * An encoded body and the content type it has.
     *
     * @param body not to be changed; may share memory with the body that was encoded
     */
    public record Encoded(Buffer body, String contentType) {}

    private final PayloadReader reader;
    private final PayloadWriter writer;

    /**
     * @param style how datetimes are written; all are read
     * @param maxInflatedBytes what a compressed body may inflate to, 1 to 2<sup>31</sup> − 9
     */
    public PayloadCodec(DatetimeStyle style, long maxInflatedBytes) {
        this(style, maxInflatedBytes, JsonReader.FACTORY);
    }

    private PayloadCodec(DatetimeStyle style, long maxInflatedBytes, JsonFactory json) {
        reader = new PayloadReader(new BoundedInflation(maxInflatedBytes));
        writer = new PayloadWriter(new JsonWriter(requireNonNull(style, "style"), json));
    }

    /** Writes bodies as they have been read, with something around them that nests them more deeply. */
    public static PayloadCodec forEnvelopes(DatetimeStyle style) {
        return new PayloadCodec(style, 1, JsonReader.ENVELOPES);
    }

    /**
     * Loads what compressed bodies are read with, on a worker. Without it the first of them does so, on the event loop.
     */
    public static Future<Void> prepare(Vertx vertx) {
        return vertx.executeBlocking(
                        () -> {
                            Compression.load();
                            return null;
                        },
                        false)
                .mapEmpty();
    }

    /** How deep headers and bodies may be nested; JSON made of them leaves room for what is put around it. */
    public static final int MAX_DEPTH = JsonReader.MAX_DEPTH;

    /**
     * Reads the body of a message.
     *
     * @return a {@code JsonObject}, {@code JsonArray}, {@code String}, {@code Buffer}, number, {@code Boolean} or
     *     {@code null}: whatever it is, the event bus has a codec for it
     * @throws UnreadablePayloadException if the body cannot or must not be read, and for no other fault of the message
     */
    public Object decode(BridgeMessage message) {
        return reader.read(message);
    }

    /**
     * Finds the JSON text of a body as its sender has written it: whoever only shows it or passes it on needs no other,
     * which would have lost digits.
     *
     * @param decoded what {@link #decode} has made of the message
     * @return {@code null} if the body is no JSON, or says something else decoded, as with kombu's types
     */
    public static String asWritten(BridgeMessage message, Object decoded) {
        return WrittenJson.of(message, decoded);
    }

    /** As {@link #encode(Object, String)}, without a wish for a content type. */
    public Encoded encode(Object body) {
        return encode(body, (String) null);
    }

    /**
     * Writes a body.
     *
     * @param contentType the content type the sender asks for, or {@code null}
     * @throws IllegalArgumentException if the body cannot be written, or not as that type: names the class and the
     *     place
     */
    public Encoded encode(Object body, String contentType) {
        return write(body, contentType, BodyEncoding.parse(null));
    }

    /**
     * Writes a body as the headers of its event bus message ask: {@code amqp-content-type},
     * {@code amqp-content-encoding} for the charset of text, and no compression unless the body is bytes.
     *
     * @throws IllegalArgumentException as {@link #encode(Object, String)}, or if the headers promise a compression that
     *     is not there
     */
    public Encoded encode(Object body, MultiMap headers) {
        String contentType = headers.get(BusHeaders.CONTENT_TYPE);
        String contentEncoding = headers.get(BusHeaders.CONTENT_ENCODING);
        if (!(body instanceof Buffer) && !(body instanceof byte[])) {
            PayloadWriter.refuseCompression(headers, contentEncoding);
        }
        return write(body, contentType, BodyEncoding.parse(contentEncoding));
    }

    /** What a sender's own objects throw is a refusal too, else nobody would hear of it. */
    private Encoded write(Object body, String contentType, BodyEncoding encoding) {
        try {
            return writer.write(body, contentType, encoding);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the body cannot be written: " + e, e);
        }
    }

    /** The bytes themselves, not a copy; reading them moves no index of the buffer. */
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
