package dev.busbar.codec;

import java.util.Locale;

/**
 * The content-encoding property taken apart. Clients write into it a charset (kombu), a compression (as HTTP does), or
 * both in a list (Spring).
 *
 * @param compression what the body is compressed with, or {@code null}
 * @param text the charset of text, or {@code null}
 * @param rest the property without the compression, as it stands when the body is inflated, or {@code null}
 * @param unknown what is not understood, so that the body can only be handed on as it is, or {@code null}
 */
record BodyEncoding(Compression compression, TextEncoding text, String rest, String unknown) {

    private static final BodyEncoding NONE = new BodyEncoding(null, null, null, null);
    private static final BodyEncoding UTF8 = new BodyEncoding(null, TextEncoding.UTF8, "utf-8", null);

    /** As many as AMQP 0-9-1 has. Over 1.0, and in an event bus header, it could be as long as a message. */
    private static final int MAX_CHARACTERS = 255;

    private static final int SHOWN = 60;

    static BodyEncoding parse(String contentEncoding) {
        if (contentEncoding == null || contentEncoding.isEmpty()) {
            return NONE;
        }
        if (contentEncoding.equals("utf-8")) {
            return UTF8;
        }
        if (contentEncoding.length() > MAX_CHARACTERS) {
            return new BodyEncoding(null, null, contentEncoding, contentEncoding.substring(0, SHOWN) + "…");
        }
        Compression compression = null;
        TextEncoding text = null;
        String rest = null;
        for (String part : contentEncoding.split("[,:]")) {
            String token = part.strip();
            if (token.isEmpty()) {
                continue;
            }
            Compression named = Compression.inContentEncoding(token.toLowerCase(Locale.ROOT));
            if (named != null && named.isReadable() && compression == null) {
                compression = named;
                continue;
            }
            rest = rest == null ? token : rest + ", " + token;
            if (!isNeutral(token.toLowerCase(Locale.ROOT))) {
                text = named == null ? TextEncoding.named(token) : null;
                if (text == null) {
                    return new BodyEncoding(null, null, contentEncoding, token);
                }
            }
        }
        return new BodyEncoding(compression, text, rest, null);
    }

    private static boolean isNeutral(String token) {
        return switch (token) {
            case "binary", "identity", "7bit", "8bit", "ascii-8bit" -> true;
            default -> false;
        };
    }
}
