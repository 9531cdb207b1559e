package dev.busbar.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A client's WebSocket with no more to it than has to be. */
final class RawWebSocket {

    private RawWebSocket() {}

    /** @param subprotocol offered; {@code null} for none */
    static SocketChannel connect(int port, String path, String subprotocol) throws IOException {
        var channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        write(
                channel,
                ascii("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + (subprotocol == null ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
        upgraded(channel);
        return channel;
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Byte by byte, so that nothing of what follows is taken. */
    private static void upgraded(SocketChannel channel) throws IOException {
        var head = new StringBuilder();
        var one = ByteBuffer.allocate(1);
        while (!head.toString().endsWith("\r\n\r\n")) {
            one.clear();
            if (channel.read(one) < 0) {
                throw new IOException("closed after " + head);
            }
            head.append((char) one.get(0));
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException("not upgraded: " + head);
        }
    }

    /** Masked with zeros. */
    static ByteBuffer frame(String text) {
        var payload = ascii(text);
        var frame = ByteBuffer.allocate(payload.remaining() + 8).put((byte) 0x81);
        if (payload.remaining() < 126) {
            frame.put((byte) (0x80 | payload.remaining()));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.remaining());
        }
        return frame.putInt(0).put(payload).flip();
    }
}
