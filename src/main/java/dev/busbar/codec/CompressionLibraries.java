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
 * Opens what commons-compress and the libraries behind it read. They are optional: whoever calls this without
 * commons-compress on the class path gets a {@link LinkageError}.
 */
final class CompressionLibraries {

    /** Enough for the dictionary of a usual xz, whose size the sender chooses: it is allocated before it is used. */
    private static final int MAX_DICTIONARY_KIB = 24 * 1024;

    private CompressionLibraries() {}

    static boolean hasBzip2() {
        return !BZip2CompressorInputStream.matches(new byte[0], 0);
    }

    /** Its native part is loaded with its first stream, and with nothing else that commons-compress has. */
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
                .setMemoryLimitKiB(MAX_DICTIONARY_KIB)
                .get();
    }
}
