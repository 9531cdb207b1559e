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
 * Lists the compressions that Busbar can read. The JDK inflates {@link #GZIP} and {@link #DEFLATE}; each of the others
 * needs an optional library that works on this machine. Busbar itself does not compress.
 */
enum Compression {
    /** gzip, or zlib, which kombu calls {@code application/x-gzip}. The first bytes tell which. */
    GZIP(() -> true),
    /** zlib, as HTTP defines it, or raw deflate, as many programs write it. The first bytes tell which. */
    DEFLATE(() -> true),
    BZIP2(() -> CompressionLibraries.hasBzip2()),
    ZSTD(() -> CompressionLibraries.hasZstd()),
    BROTLI(() -> CompressionLibraries.hasBrotli()),
    /** xz, which kombu calls {@code application/x-lzma}. */
    XZ(() -> CompressionLibraries.hasXz());

    /** The application header in which kombu names the compression. */
    static final String HEADER = "compression";

    private static final int GZIP_MAGIC = 0x1f8b;

    private final BooleanSupplier libraryCheck;
    private volatile Boolean readable;

    Compression(BooleanSupplier libraryCheck) {
        this.libraryCheck = libraryCheck;
    }

    /** Returns the compression that kombu gives this name; {@code null} if there is none. */
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

    /** Returns the compression with this name in a content encoding, in lower case; {@code null} if there is none. */
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

    /** Loads all libraries. Blocks, because zstd first writes its native part to a temporary file. */
    static void loadLibraries() {
        for (Compression compression : values()) {
            compression.isReadable();
        }
    }

    /** Returns whether this JVM has a working library for the compression. Checked once. */
    boolean isReadable() {
        if (readable == null) {
            readable = libraryWorks();
        }
        return readable;
    }

    private boolean libraryWorks() {
        try {
            return libraryCheck.getAsBoolean();
        } catch (LinkageError e) {
            // The class path does not have the library, or its native part does not run on this machine or cannot be
            // written to the folder for temporary files.
            return false;
        }
    }

    /** Returns a stream of the inflated bytes, which the caller has to close. */
    InputStream open(ByteBuf compressed) throws IOException {
        InputStream in = new ByteBufInputStream(compressed);
        return switch (this) {
            case GZIP, DEFLATE -> inflaterStream(compressed, in);
            case BZIP2 -> CompressionLibraries.bzip2(in);
            case ZSTD -> CompressionLibraries.zstd(in);
            case BROTLI -> CompressionLibraries.brotli(in);
            case XZ -> CompressionLibraries.xz(in);
        };
    }

    /** Opens gzip, zlib or, for {@link #DEFLATE} alone, raw deflate, as the first two bytes say. */
    private InputStream inflaterStream(ByteBuf compressed, InputStream in) throws IOException {
        int firstTwo = compressed.readableBytes() < 2 ? -1 : compressed.getUnsignedShort(compressed.readerIndex());
        return firstTwo == GZIP_MAGIC
                ? new GZIPInputStream(in)
                : new OwningInflaterStream(in, new Inflater(this == DEFLATE && !isZlib(firstTwo)));
    }

    /** Returns whether the bytes are a zlib header (RFC 1950): their method is deflate, and 31 divides them. */
    private static boolean isZlib(int firstTwo) {
        return (firstTwo >> 8 & 0x0f) == 8 && firstTwo % 31 == 0;
    }

    /** Frees the inflater's native memory on close. The superclass does so only for an inflater it has created. */
    private static final class OwningInflaterStream extends InflaterInputStream {

        OwningInflaterStream(InputStream in, Inflater inflater) {
            super(in, inflater);
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }
}
