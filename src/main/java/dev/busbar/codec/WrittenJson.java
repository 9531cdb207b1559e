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

    /** If the text contains this, the decoded body may differ from it, because kombu's types are converted. */
    private static final byte[] KOMBU_TYPE = KombuTypes.TYPE.getBytes(StandardCharsets.US_ASCII);

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final List<Charset> UTF8_COMPATIBLE = List.of(StandardCharsets.UTF_8, StandardCharsets.US_ASCII);

    private WrittenJson() {}

    /** Returns the text; {@code null} if the body is not JSON, or its decoded form differs from the text. */
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

    /** Returns whether the body is neither compressed nor in another charset than UTF-8. */
    private static boolean isPlain(BodyFormat format) {
        return !format.opaque()
                && format.encoding().compression() == null
                && format.compression() == null
                && (format.text() == null
                        || !format.text().signed()
                                && UTF8_COMPATIBLE.contains(format.text().charset()));
    }
}
