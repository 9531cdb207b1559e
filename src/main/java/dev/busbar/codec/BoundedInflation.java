package dev.busbar.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Inflates bodies up to a bound. Never holds more than the bound and one chunk, however large a body would become. */
final class BoundedInflation {

    private static final int FIRST_CHUNK_BYTES = 8 * 1024;
    private static final int MAX_CHUNK_BYTES = 1024 * 1024;

    private final long maxBytes;

    BoundedInflation(long maxBytes) {
        if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the bound for inflated bodies must be 1 to " + (Integer.MAX_VALUE - 8)
                    + " bytes, not " + maxBytes);
        }
        this.maxBytes = maxBytes;
    }

    /**
     * Returns the inflated body.
     *
     * @throws UnreadablePayloadException if the body is damaged, or inflates to more than the bound
     */
    ByteBuf inflate(Compression compression, ByteBuf compressed) {
        int size = compressed.readableBytes();
        try (InputStream in = compression.open(compressed)) {
            List<byte[]> chunks = new ArrayList<>();
            long total = 0;
            int nextChunkBytes = FIRST_CHUNK_BYTES;
            while (true) {
                int wanted = (int) Math.min(nextChunkBytes, maxBytes - total);
                byte[] chunk = in.readNBytes(wanted);
                if (chunk.length == wanted && wanted == maxBytes - total && in.read() >= 0) {
                    throw tooLarge(size);
                }
                chunks.add(chunk);
                total += chunk.length;
                if (chunk.length < wanted || total == maxBytes) {
                    return join(chunks);
                }
                nextChunkBytes = Math.min(nextChunkBytes * 2, MAX_CHUNK_BYTES);
            }
        } catch (UnreadablePayloadException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UnreadablePayloadException("a compressed body of " + size + " bytes cannot be inflated ("
                    + compression + "): " + e.getMessage());
        }
    }

    private UnreadablePayloadException tooLarge(int size) {
        return new UnreadablePayloadException("a compressed body of " + size + " bytes inflates to more than the bound"
                + " of " + maxBytes + " bytes; it may be a decompression bomb");
    }

    private static ByteBuf join(List<byte[]> chunks) {
        return chunks.size() == 1
                ? Unpooled.wrappedBuffer(chunks.get(0))
                : Unpooled.copiedBuffer(chunks.toArray(byte[][]::new));
    }
}
