package dev.busbar.codec;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The content-encoding property taken apart. Clients write into it a charset (kombu), a compression (as HTTP does), or
 * both in a list (Spring).
 *
 * @param compression what the body is compressed with, or {@code null}
 * @param charset the charset of text, or {@code null}
 * @param rest the property without the compression, as it stands when the body is inflated, or {@code null}
 * @param problem what cannot be understood, or {@code null}
 */
record BodyEncoding(Compression compression, Charset charset, String rest, String problem) {

    private static final BodyEncoding NONE = new BodyEncoding(null, null, null, null);
    private static final BodyEncoding UTF8 = new BodyEncoding(null, StandardCharsets.UTF_8, "utf-8", null);

    static BodyEncoding parse(String contentEncoding) {
        if (contentEncoding == null || contentEncoding.isEmpty()) {
            return NONE;
        }
        if (contentEncoding.equals("utf-8")) {
            return UTF8;
        }
        Compression compression = null;
        Charset charset = null;
        String rest = null;
        String problem = null;
        for (String part : contentEncoding.split("[,:]")) {
            String token = part.strip();
            Compression named = Compression.inContentEncoding(token.toLowerCase(Locale.ROOT));
            if (named != null) {
                problem = compression == null ? problem : "content encoding '" + contentEncoding + "' compresses twice";
                compression = named;
                continue;
            }
            rest = rest == null ? token : rest + ", " + token;
            if (!isNeutral(token.toLowerCase(Locale.ROOT))) {
                charset = charset(token);
                problem = charset == null
                        ? "content encoding '" + token + "' is not known; "
                                + "known are gzip, deflate, binary and the names of charsets"
                        : problem;
            }
        }
        return new BodyEncoding(compression, charset, rest, problem);
    }

    private static boolean isNeutral(String token) {
        return switch (token) {
            case "", "binary", "identity", "7bit", "8bit", "ascii-8bit" -> true;
            default -> false;
        };
    }

    /** @return {@code null} if there is no such charset */
    static Charset charset(String name) {
        try {
            return Charset.isSupported(name) ? Charset.forName(name) : null;
        } catch (IllegalCharsetNameException e) {
            return null;
        }
    }
}
