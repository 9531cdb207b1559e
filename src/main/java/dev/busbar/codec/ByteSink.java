package dev.busbar.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Collects the output of the JSON generator. A small message arrives in one piece and is copied once, to its exact
 * size.
 */
final class ByteSink extends OutputStream {

    private byte[] bytes = {};
    private int length;

    @Override
    public void write(byte[] from, int offset, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, length == 0 ? count : Math.max(length + count, length * 2));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    /** Returns all bytes written. The buffer shares its memory with this sink. */
    ByteBuf bytes() {
        return Unpooled.wrappedBuffer(bytes, 0, length);
    }
}
