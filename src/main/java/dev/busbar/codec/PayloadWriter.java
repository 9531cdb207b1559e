package dev.busbar.codec;

import dev.busbar.config.BodyMode;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.CharacterCodingException;

/** Writes bodies as their class and the requested content type say. Thread-safe. */
final class PayloadWriter {

    private final JsonWriter json;

    PayloadWriter(JsonWriter json) {
        this.json = json;
    }

    PayloadCodec.Encoded write(Object body, String contentType, BodyEncoding encoding) {
        MediaType type = MediaType.parse(contentType);
        if (body instanceof Buffer buffer) {
            return new PayloadCodec.Encoded(buffer, type == null ? MediaType.BYTES : contentType);
        }
        if (body instanceof byte[] bytes) {
            return new PayloadCodec.Encoded(PayloadCodec.buffer(bytes), type == null ? MediaType.BYTES : contentType);
        }
        requireKnown(encoding);
        if (type == null || type.isJson()) {
            return new PayloadCodec.Encoded(
                    json(body, charset(type, encoding.text())), type == null ? MediaType.JSON : contentType);
        }
        if (body instanceof JsonText json) {
            return write(json.value(), contentType, encoding);
        }
        if (body instanceof String text) {
            return new PayloadCodec.Encoded(text(text, charset(type, encoding.text())), contentType);
        }
        throw new IllegalArgumentException(
                "a " + (body == null ? "null" : body.getClass().getName())
                        + " body cannot be written as " + contentType
                        + "; send a String or a Buffer, or ask for application/json");
    }

    /** Writes a body that has to be of one kind, under the requested content type or the usual one of that kind. */
    PayloadCodec.Encoded write(Object body, String contentType, BodyEncoding encoding, BodyMode mode) {
        boolean bytes = body instanceof Buffer || body instanceof byte[];
        if (mode == BodyMode.BYTES) {
            require(bytes, body, "bytes", "send a Buffer");
            return write(body, contentType, encoding);
        }
        require(
                mode == BodyMode.JSON ? !bytes : body instanceof String,
                body,
                mode == BodyMode.JSON ? "JSON" : "text",
                mode == BodyMode.JSON ? "send a JsonObject or another value that JSON has" : "send a String");
        MediaType type = MediaType.parse(contentType);
        String named = type != null ? contentType : mode == BodyMode.JSON ? MediaType.JSON : MediaType.TEXT;
        requireKnown(encoding);
        TextEncoding charset = charset(type, encoding.text());
        return new PayloadCodec.Encoded(
                mode == BodyMode.JSON ? json(body, charset) : text((String) body, charset), named);
    }

    private static void require(boolean good, Object body, String what, String remedy) {
        if (!good) {
            throw new IllegalArgumentException(
                    "a " + (body == null ? "null" : body.getClass().getName())
                            + " body cannot be written where a route sends " + what + " only; " + remedy);
        }
    }

    private static void requireKnown(BodyEncoding encoding) {
        if (encoding.unknown() != null) {
            throw new IllegalArgumentException("content encoding '" + encoding.unknown() + "' is not written; send the"
                    + " encoded bytes as a Buffer, or name a charset or none");
        }
    }

    private Buffer json(Object body, TextEncoding charset) {
        Buffer written =
                body instanceof JsonText text ? Buffer.buffer(text.validText()) : PayloadCodec.buffer(json.write(body));
        return charset.isUtf8() && !charset.signed() ? written : text(written.toString(), charset);
    }

    private static TextEncoding charset(MediaType type, TextEncoding named) {
        TextEncoding encoding = named != null ? named : TextEncoding.UTF8;
        if (type != null && type.charset() != null) {
            encoding = TextEncoding.named(type.charset());
        }
        if (encoding == null || !encoding.canWrite()) {
            throw new IllegalArgumentException("the charset "
                    + (encoding == null ? "'" + type.charset() + "' is not known" : encoding + " cannot be written")
                    + "; use utf-8");
        }
        return encoding;
    }

    private static Buffer text(String text, TextEncoding encoding) {
        try {
            return PayloadCodec.buffer(Unpooled.wrappedBuffer(encoding.write(text)));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the body has characters that " + encoding
                    + " has not; send it with charset=utf-8 (" + e.getMessage() + ")");
        }
    }

    /** Refuses headers that name a compression for a body that is not bytes, because Busbar does not compress. */
    static void refuseCompression(MultiMap headers, String contentEncoding) {
        String header = headers.get(Compression.HEADER);
        boolean inHeader = header != null && Compression.inHeader(header) != null;
        if (inHeader || BodyEncoding.parse(contentEncoding).compression() != null) {
            throw new IllegalArgumentException("the header "
                    + (inHeader
                            ? Compression.HEADER + ": " + header
                            : BusHeaders.CONTENT_ENCODING + ": " + contentEncoding)
                    + " says that the body is compressed, but it is not; remove the header"
                    + " or send the compressed bytes as a Buffer");
        }
    }
}
