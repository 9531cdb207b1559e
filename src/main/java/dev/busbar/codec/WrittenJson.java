package dev.busbar.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Finds the JSON text of a body as its sender has written it. */
final class WrittenJson {

    /** Without these the text says what the decoded body does: kombu's types are read as something else. */
    private static final byte[] KOMBU_TYPE = KombuTypes.TYPE.getBytes(StandardCharsets.US_ASCII);

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final List<Charset> PLAIN = List.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII);

    private WrittenJson() {}

    /** @return {@code null} if the body is no JSON, or its text is not all there is to it */
    static String of(BridgeMessage message, Object decoded) {
        var type = MediaType.parse(message.properties().contentType());
        if (decoded instanceof Buffer || type != null && !type.isJson() || !isPlain(type, message.properties())) {
            return null;
        }
        ByteBuf bytes = PayloadCodec.bytes(message.body());
        if (ByteBufUtil.indexOf(Unpooled.wrappedBuffer(KOMBU_TYPE), bytes) >= 0) {
            return null;
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.nioBuffer())
                    .toString()
                    .strip();
            return text.isEmpty() || text.charAt(0) == BYTE_ORDER_MARK || text.indexOf('\0') >= 0 ? null : text;
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    /** Neither compressed nor in another charset. */
    private static boolean isPlain(MediaType type, MessageProperties properties) {
        var encoding = BodyEncoding.parse(properties.contentEncoding());
        var compression = properties.headers().get(Compression.HEADER);
        var charset =
                type == null || type.charset() == null ? encoding.charset() : BodyEncoding.charset(type.charset());
        return encoding.compression() == null
                && (compression == null || "".equals(compression))
                && (charset == null ? type == null || type.charset() == null : PLAIN.contains(charset));
    }
}
