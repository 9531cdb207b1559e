package dev.busbar.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;

/** The compressions that are read. Busbar itself does not compress. */
enum Compression {
    /** What kombu calls {@code application/x-gzip} is zlib; others mean gzip by it. The first bytes tell. */
    GZIP,
    /** zlib as HTTP says, or raw deflate as many write it. */
    DEFLATE,
    BZIP2;

    /** The application header in which kombu names the compression. */
    static final String HEADER = "compression";

    private static final Set<String> UNREAD = Set.of(
            "application/x-lzma", "lzma", "xz", "application/zstd", "zstd", "zstandard", "application/x-brotli", "brotli");

    /** @return {@code null} if the name is none of those kombu writes and Busbar reads */
    static Compression inHeader(String name) {
        return switch (name) {
            case "application/x-gzip", "gzip", "zlib" -> GZIP;
            case "application/x-bz2", "bzip2", "bzip" -> BZIP2;
            default -> null;
        };
    }

    /** Whether the header's value is one that kombu writes and Busbar does not read; any other is not kombu's. */
    static boolean isUnread(Object name) {
        return name instanceof String text && UNREAD.contains(text);
    }

    static Compression inContentEncoding(String token) {
        return switch (token) {
            case "gzip", "x-gzip" -> GZIP;
            case "deflate", "x-deflate", "zlib" -> DEFLATE;
            default -> null;
        };
    }

    /** The inflated bytes; to be closed. */
    InputStream open(ByteBuf compressed) throws IOException {
        int magic = compressed.readableBytes() < 2 ? -1 : compressed.getUnsignedShort(compressed.readerIndex());
        InputStream in = new ByteBufInputStream(compressed);
        if (this == BZIP2) {
            return new BZip2CompressorInputStream(in, true);
        }
        if (magic == 0x1f8b) {
            return new GZIPInputStream(in);
        }
        return new Inflating(in, new Inflater(this == DEFLATE && !isZlib(magic)));
    }

    private static boolean isZlib(int magic) {
        return (magic >> 8 & 0x0f) == 8 && magic % 31 == 0;
    }

    /** Frees the inflater's native memory at once; the stream leaves one that it was given alone. */
    private static final class Inflating extends InflaterInputStream {

        Inflating(InputStream in, Inflater inflater) {
            super(in, inflater);
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }
}
