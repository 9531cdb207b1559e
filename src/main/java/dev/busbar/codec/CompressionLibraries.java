package dev.busbar.codec;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.brotli.BrotliCompressorInputStream;
import org.apache.commons.compress.compressors.brotli.BrotliUtils;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.xz.XZUtils;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdUtils;

/**
 * Opens streams of commons-compress and the libraries behind it. They are optional: without commons-compress on the
 * class path, every method throws a {@link LinkageError}.
 */
final class CompressionLibraries {

    /** Bounds the memory for the dictionary of xz, whose size the sender chooses. Larger than the usual sizes. */
    private static final int MAX_XZ_DICTIONARY_KIB = 24 * 1024;

    private CompressionLibraries() {}

    static boolean hasBzip2() {
        return !BZip2CompressorInputStream.matches(new byte[0], 0);
    }

    /** Opens a stream, because only that loads the native part of the library. */
    static boolean hasZstd() {
        if (!ZstdUtils.isZstdCompressionAvailable()) {
            return false;
        }
        try {
            new ZstdCompressorInputStream(InputStream.nullInputStream()).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static boolean hasBrotli() {
        return BrotliUtils.isBrotliCompressionAvailable();
    }

    static boolean hasXz() {
        return XZUtils.isXZCompressionAvailable();
    }

    static InputStream bzip2(InputStream in) throws IOException {
        return new BZip2CompressorInputStream(in, true);
    }

    static InputStream zstd(InputStream in) throws IOException {
        return new ZstdCompressorInputStream(in);
    }

    static InputStream brotli(InputStream in) throws IOException {
        return new BrotliCompressorInputStream(in);
    }

    static InputStream xz(InputStream in) throws IOException {
        return XZCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .setMemoryLimitKiB(MAX_XZ_DICTIONARY_KIB)
                .get();
    }
}
