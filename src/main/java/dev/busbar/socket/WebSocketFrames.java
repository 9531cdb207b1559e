package dev.busbar.socket;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text as a server sends it over a WebSocket, see RFC 6455: unmasked, and in parts if it is long. */
public final class WebSocketFrames {

    /** No longer than what a client of Vert.x takes by default. */
    static final int LONGEST_PART = 65_535;

    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int FINAL = 0x80;

    /** Of a part whose length is written in the second byte. */
    private static final int SHORT = 125;

    private static final int LENGTH_IN_TWO_BYTES = 126;

    private WebSocketFrames() {}

    public static byte[] text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Of one text, whose beginning is not the same for everybody.
     *
     * @param head UTF-8, as is {@code rest}
     */
    public static void text(ByteBuf to, byte[] head, byte[] rest) {
        var length = head.length + rest.length;
        if (length < LONGEST_PART) {
            to.writeByte(TEXT | FINAL);
            if (length <= SHORT) {
                to.writeByte(length);
            } else {
                to.writeByte(LENGTH_IN_TWO_BYTES).writeShort(length);
            }
            to.writeBytes(head).writeBytes(rest);
        } else {
            to.writeBytes(text(ByteBuffer.allocate(length).put(head).put(rest).array()));
        }
    }

    private static byte[] text(byte[] payload) {
        var whole = payload.length / LONGEST_PART;
        var rest = payload.length % LONGEST_PART;
        var encoded = ByteBuffer.allocate(payload.length + whole * headerOf(LONGEST_PART) + headerOf(rest));
        for (var at = 0; at <= payload.length; at += LONGEST_PART) {
            var length = Math.min(LONGEST_PART, payload.length - at);
            var last = length < LONGEST_PART;
            encoded.put((byte) ((at == 0 ? TEXT : CONTINUATION) | (last ? FINAL : 0)));
            if (length <= SHORT) {
                encoded.put((byte) length);
            } else {
                encoded.put((byte) LENGTH_IN_TWO_BYTES).putShort((short) length);
            }
            encoded.put(payload, at, length);
        }
        return encoded.array();
    }

    private static int headerOf(int length) {
        return length <= SHORT ? 2 : 4;
    }
}
