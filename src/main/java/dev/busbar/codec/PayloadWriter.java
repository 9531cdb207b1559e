package dev.busbar.codec;

import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Decides by the body's class and the content type asked for how a body is written. */
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
        if (encoding.problem() != null) {
            throw new IllegalArgumentException(encoding.problem());
        }
        if (type == null || type.isJson()) {
            checkJson(type, encoding.charset());
            if (body instanceof JsonText text) {
                return new PayloadCodec.Encoded(
                        Buffer.buffer(text.writable()), type == null ? MediaType.JSON : contentType);
            }
            return new PayloadCodec.Encoded(
                    PayloadCodec.buffer(json.write(body)), type == null ? MediaType.JSON : contentType);
        }
        if (body instanceof JsonText json) {
            return write(json.value(), contentType, encoding);
        }
        if (body instanceof String text) {
            return new PayloadCodec.Encoded(text(text, charset(type, encoding.charset())), contentType);
        }
        throw new IllegalArgumentException(
                "a " + (body == null ? "null" : body.getClass().getName())
                        + " body cannot be written as " + contentType
                        + "; send a String or a Buffer, or ask for application/json");
    }

    private static void checkJson(MediaType type, Charset encoding) {
        Charset charset = type == null || type.charset() == null ? encoding : charset(type, encoding);
        if (charset != null && charset != StandardCharsets.UTF_8) {
            throw new IllegalArgumentException("JSON is written in UTF-8, not in " + charset
                    + "; take the charset out of the content type or content encoding");
        }
    }

    private static Charset charset(MediaType type, Charset encoding) {
        Charset charset = type.charset() != null
                ? BodyEncoding.charset(type.charset())
                : encoding != null ? encoding : StandardCharsets.UTF_8;
        if (charset == null || !charset.canEncode()) {
            throw new IllegalArgumentException("content type " + type.name() + ": the charset "
                    + (charset == null ? type.charset() : charset) + " cannot be written; use utf-8");
        }
        return charset;
    }

    private static Buffer text(String text, Charset charset) {
        try {
            return PayloadCodec.buffer(
                    Unpooled.wrappedBuffer(charset.newEncoder().encode(CharBuffer.wrap(text))));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the text body has characters that " + charset
                    + " has not; send it with charset=utf-8 (" + e.getMessage() + ")");
        }
    }

    /** Busbar does not compress, so what is not bytes cannot be compressed, whatever its headers say. */
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
