package dev.busbar.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Inflates up to a bound, and holds no more than the bound and one buffer when a body turns out to be larger. */
final class BoundedInflation {

    private static final int FIRST_CHUNK = 8 * 1024;
    private static final int LARGEST_CHUNK = 1024 * 1024;

    private final long maxBytes;

    BoundedInflation(long maxBytes) {
        if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the bound for inflated bodies must be 1 to " + (Integer.MAX_VALUE - 8)
                    + " bytes, not " + maxBytes);
        }
        this.maxBytes = maxBytes;
    }

    ByteBuf inflate(Compression compression, ByteBuf compressed) {
        int size = compressed.readableBytes();
        try (InputStream in = compression.open(compressed)) {
            List<byte[]> chunks = new ArrayList<>();
            long total = 0;
            int next = FIRST_CHUNK;
            while (true) {
                int room = (int) Math.min(next, maxBytes - total);
                byte[] chunk = in.readNBytes(room);
                if (chunk.length == room && room == maxBytes - total && in.read() >= 0) {
                    throw bomb(size);
                }
                chunks.add(chunk);
                total += chunk.length;
                if (chunk.length < room || total == maxBytes) {
                    return join(chunks);
                }
                next = Math.min(next * 2, LARGEST_CHUNK);
            }
        } catch (UnreadablePayloadException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UnreadablePayloadException("a compressed body of " + size + " bytes cannot be inflated ("
                    + compression + "): " + e.getMessage());
        }
    }

    private UnreadablePayloadException bomb(int size) {
        return new UnreadablePayloadException("a compressed body of " + size + " bytes inflates to more than the bound"
                + " of " + maxBytes + " bytes; it may be a decompression bomb");
    }

    private static ByteBuf join(List<byte[]> chunks) {
        return chunks.size() == 1
                ? Unpooled.wrappedBuffer(chunks.get(0))
                : Unpooled.copiedBuffer(chunks.toArray(byte[][]::new));
    }
}
