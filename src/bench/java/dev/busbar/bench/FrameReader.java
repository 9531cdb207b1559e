package dev.busbar.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Takes the frames of one WebSocket apart, as far as to know when each was sent. */
final class FrameReader {

    private byte[] rest = new byte[0];
    /** Mostly it stands where it stood in the frame before. */
    private int timestampAt = -1;

    private boolean hasRead;

    boolean hasRead() {
        return hasRead;
    }

    void read(SocketChannel channel, ByteBuffer buffer, Arrivals arrivals) throws IOException {
        buffer.clear().put(rest);
        if (channel.read(buffer) < 0) {
            throw new EOFException("the server has closed a socket");
        }
        var now = System.nanoTime();
        buffer.flip();
        while (frame(buffer, now, arrivals)) {
            // And the next.
        }
        if (rest.length != buffer.remaining()) {
            rest = new byte[buffer.remaining()];
        }
        buffer.get(rest);
    }

    private boolean frame(ByteBuffer buffer, long now, Arrivals arrivals) {
        var start = buffer.position();
        if (buffer.remaining() < 4) {
            return false;
        }
        var length = buffer.get(start + 1) & 0x7f;
        var payload = start + 2;
        if (length == 126) {
            length = buffer.getShort(start + 2) & 0xffff;
            payload = start + 4;
        }
        if (buffer.limit() < payload + length) {
            return false;
        }
        if (timestampAt < 0 || !Feeder.isTimestamp(buffer, payload + timestampAt, payload + length)) {
            timestampAt = Feeder.timestampIn(buffer, payload, length);
        }
        if (timestampAt >= 0) {
            hasRead = true;
            arrivals.add(now - Feeder.timestamp(buffer, payload + timestampAt));
        }
        buffer.position(payload + length);
        return true;
    }
}
