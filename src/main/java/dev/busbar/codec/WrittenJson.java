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
        var format = BodyFormat.of(message.properties());
        if (decoded instanceof Buffer || format.type() != null && !format.type().isJson() || !isPlain(format)) {
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
    private static boolean isPlain(BodyFormat format) {
        return !format.opaque()
                && format.encoding().compression() == null
                && format.compression() == null
                && (format.text() == null
                        || !format.text().signed()
                                && PLAIN.contains(format.text().charset()));
    }
}
