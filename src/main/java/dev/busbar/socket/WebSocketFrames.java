package dev.busbar.socket;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Encodes text as WebSocket frames of a server (RFC 6455): unmasked, and fragmented if the text is long. */
public final class WebSocketFrames {

    /** The largest payload of a frame that a client of Vert.x accepts by default. */
    static final int MAX_FRAME_PAYLOAD_BYTES = 65_535;

    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int FINAL = 0x80;

    /** The largest payload whose length is written in the second byte of the header. */
    private static final int MAX_SHORT_PAYLOAD_BYTES = 125;

    /** The second byte of a header in which the length follows as two bytes. */
    private static final int LENGTH_IN_TWO_BYTES = 126;

    private WebSocketFrames() {}

    /** Returns the frames of a text message. */
    public static byte[] text(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Appends the frames of a text message that is given in two pieces.
     *
     * @param head the beginning of the text, in UTF-8
     * @param rest what follows, in UTF-8; may be the same array for many clients
     */
    public static void text(ByteBuf to, byte[] head, byte[] rest) {
        var length = head.length + rest.length;
        if (length < MAX_FRAME_PAYLOAD_BYTES) {
            to.writeByte(TEXT | FINAL);
            if (length <= MAX_SHORT_PAYLOAD_BYTES) {
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
        var whole = payload.length / MAX_FRAME_PAYLOAD_BYTES;
        var rest = payload.length % MAX_FRAME_PAYLOAD_BYTES;
        var encoded =
                ByteBuffer.allocate(payload.length + whole * headerBytes(MAX_FRAME_PAYLOAD_BYTES) + headerBytes(rest));
        for (var at = 0; at <= payload.length; at += MAX_FRAME_PAYLOAD_BYTES) {
            var length = Math.min(MAX_FRAME_PAYLOAD_BYTES, payload.length - at);
            var last = length < MAX_FRAME_PAYLOAD_BYTES;
            encoded.put((byte) ((at == 0 ? TEXT : CONTINUATION) | (last ? FINAL : 0)));
            if (length <= MAX_SHORT_PAYLOAD_BYTES) {
                encoded.put((byte) length);
            } else {
                encoded.put((byte) LENGTH_IN_TWO_BYTES).putShort((short) length);
            }
            encoded.put(payload, at, length);
        }
        return encoded.array();
    }

    private static int headerBytes(int length) {
        return length <= MAX_SHORT_PAYLOAD_BYTES ? 2 : 4;
    }
}
