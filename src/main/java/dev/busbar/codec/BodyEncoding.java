package dev.busbar.codec;

import java.util.Locale;

/**
 * Parses the content-encoding property. Clients write a charset into it (kombu), a compression (as HTTP does), or a
 * list of both (Spring).
 *
 * @param compression the compression of the body, or {@code null}
 * @param text the charset of text, or {@code null}
 * @param withoutCompression the content encoding of the inflated body, or {@code null}
 * @param unknown the part that Busbar does not know, so that the body stays as it is, or {@code null}
 */
record BodyEncoding(Compression compression, TextEncoding text, String withoutCompression, String unknown) {

    private static final BodyEncoding NONE = new BodyEncoding(null, null, null, null);
    private static final BodyEncoding UTF8 = new BodyEncoding(null, TextEncoding.UTF8, "utf-8", null);

    /**
     * The longest content encoding of AMQP 0-9-1. Over AMQP 1.0, and in an event bus header, it could be as long as a
     * message.
     */
    private static final int MAX_CHARACTERS = 255;

    /** How much of a longer content encoding an error message shows. */
    private static final int MAX_SHOWN_CHARACTERS = 60;

    static BodyEncoding parse(String contentEncoding) {
        if (contentEncoding == null || contentEncoding.isEmpty()) {
            return NONE;
        }
        if (contentEncoding.equals("utf-8")) {
            return UTF8;
        }
        if (contentEncoding.length() > MAX_CHARACTERS) {
            return new BodyEncoding(
                    null, null, contentEncoding, contentEncoding.substring(0, MAX_SHOWN_CHARACTERS) + "…");
        }
        Compression compression = null;
        TextEncoding text = null;
        String withoutCompression = null;
        // Spring separates the parts by colons or commas, as its encodingDelimiter says.
        for (String part : contentEncoding.split("[,:]")) {
            String token = part.strip();
            if (token.isEmpty()) {
                continue;
            }
            Compression known = Compression.inContentEncoding(token.toLowerCase(Locale.ROOT));
            if (known != null && known.isReadable() && compression == null) {
                compression = known;
                continue;
            }
            withoutCompression = withoutCompression == null ? token : withoutCompression + ", " + token;
            if (!isPlain(token.toLowerCase(Locale.ROOT))) {
                text = known == null ? TextEncoding.named(token) : null;
                if (text == null) {
                    return new BodyEncoding(null, null, contentEncoding, token);
                }
            }
        }
        return new BodyEncoding(compression, text, withoutCompression, null);
    }

    /** Returns whether the name says only that the bytes are as they are. */
    private static boolean isPlain(String token) {
        return switch (token) {
            case "binary", "identity", "7bit", "8bit", "ascii-8bit" -> true;
            default -> false;
        };
    }
}
