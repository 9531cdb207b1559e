package dev.busbar.codec;

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
        if (encoding.unknown() != null) {
            throw new IllegalArgumentException("content encoding '" + encoding.unknown() + "' is not written; send the"
                    + " encoded bytes as a Buffer, or name a charset or none");
        }
        if (type == null || type.isJson()) {
            Buffer written = body instanceof JsonText text
                    ? Buffer.buffer(text.validText())
                    : PayloadCodec.buffer(json.write(body));
            TextEncoding charset = charset(type, encoding.text());
            return new PayloadCodec.Encoded(
                    charset.isUtf8() && !charset.signed() ? written : text(written.toString(), charset),
                    type == null ? MediaType.JSON : contentType);
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
