package dev.busbar.codec;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads text that must be UTF-8. A lenient decoder would silently replace malformed characters. */
public final class Utf8 {

    private Utf8() {}

    /**
     * Returns the text.
     *
     * @throws UnreadablePayloadException if the bytes are not UTF-8
     */
    public static String text(Buffer bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(PayloadCodec.bytes(bytes).nioBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadablePayloadException("it is not UTF-8");
        }
    }
}
