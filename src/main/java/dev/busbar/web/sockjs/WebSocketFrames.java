package dev.busbar.web.sockjs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Text as a server sends it over a WebSocket, see RFC 6455: unmasked, and in parts if it is long. */
final class WebSocketFrames {

    /** No longer than what a client of Vert.x takes by default. */
    static final int LONGEST_PART = 65_535;

    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int FINAL = 0x80;

    /** Of a part whose length is written in the second byte. */
    private static final int SHORT = 125;

    private static final int LENGTH_IN_TWO_BYTES = 126;

    private WebSocketFrames() {}

    static byte[] text(String text) {
        var payload = text.getBytes(StandardCharsets.UTF_8);
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
