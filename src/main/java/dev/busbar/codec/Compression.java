package dev.busbar.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The compressions that are read, all but the first two if the libraries for them are there and this machine can load
 * them. Busbar itself does not compress.
 */
enum Compression {
    /** What kombu calls {@code application/x-gzip} is zlib; others mean gzip by it. The first bytes tell. */
    GZIP(() -> true),
    /** zlib as HTTP says, or raw deflate as many write it. */
    DEFLATE(() -> true),
    BZIP2(() -> CompressionLibraries.hasBzip2()),
    ZSTD(() -> CompressionLibraries.hasZstd()),
    BROTLI(() -> CompressionLibraries.hasBrotli()),
    /** What kombu calls {@code application/x-lzma} is xz. */
    XZ(() -> CompressionLibraries.hasXz());

    /** The application header in which kombu names the compression. */
    static final String HEADER = "compression";

    private final BooleanSupplier library;
    private volatile Boolean readable;

    Compression(BooleanSupplier library) {
        this.library = library;
    }

    /** @return {@code null} if the name is none of those kombu writes or takes */
    static Compression inHeader(String name) {
        return switch (name) {
            case "application/x-gzip", "gzip", "zlib" -> GZIP;
            case "application/x-bz2", "bzip2", "bzip" -> BZIP2;
            case "application/zstd" -> ZSTD;
            case "application/x-brotli" -> BROTLI;
            case "application/x-lzma" -> XZ;
            default -> null;
        };
    }

    static Compression inContentEncoding(String token) {
        return switch (token) {
            case "gzip", "x-gzip" -> GZIP;
            case "deflate", "x-deflate", "zlib" -> DEFLATE;
            case "bzip2", "x-bzip2" -> BZIP2;
            case "zstd" -> ZSTD;
            case "br" -> BROTLI;
            case "xz", "x-xz" -> XZ;
            default -> null;
        };
    }

    /** Loads all libraries that there are. Blocks: the native part of one is written to a temporary file first. */
    static void load() {
        for (Compression compression : values()) {
            compression.isReadable();
        }
    }

    /** Whether there is a library for it that works here; looked up once. */
    boolean isReadable() {
        if (readable == null) {
            readable = works();
        }
        return readable;
    }

    private boolean works() {
        try {
            return library.getAsBoolean();
        } catch (LinkageError e) {
            // It is not on the class path, or its native part is not made for this machine, or cannot be written to the
            // folder for temporary files.
            return false;
        }
    }

    /** The inflated bytes; to be closed. */
    InputStream open(ByteBuf compressed) throws IOException {
        InputStream in = new ByteBufInputStream(compressed);
        return switch (this) {
            case GZIP, DEFLATE -> inflating(compressed, in);
            case BZIP2 -> CompressionLibraries.bzip2(in);
            case ZSTD -> CompressionLibraries.zstd(in);
            case BROTLI -> CompressionLibraries.brotli(in);
            case XZ -> CompressionLibraries.xz(in);
        };
    }

    private InputStream inflating(ByteBuf compressed, InputStream in) throws IOException {
        int magic = compressed.readableBytes() < 2 ? -1 : compressed.getUnsignedShort(compressed.readerIndex());
        return magic == 0x1f8b
                ? new GZIPInputStream(in)
                : new Inflating(in, new Inflater(this == DEFLATE && !isZlib(magic)));
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
