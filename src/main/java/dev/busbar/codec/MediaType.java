package dev.busbar.codec;

import java.util.Locale;

/**
 * Holds those parts of a content type that decide how a body is read.
 *
 * @param name type and subtype, in lower case
 * @param charset the parameter {@code charset}, or {@code null} if it is missing or empty
 */
record MediaType(String name, String charset) {

    static final String JSON = "application/json";
    static final String TEXT = "text/plain";
    static final String BYTES = "application/octet-stream";

    private static final MediaType PLAIN_JSON = new MediaType(JSON, null);

    /** Reads a content type; returns {@code null} if it is {@code null} or blank. */
    static MediaType parse(String contentType) {
        if (JSON.equals(contentType)) {
            return PLAIN_JSON;
        }
        if (contentType == null || contentType.isBlank()) {
            return null;
        }
        String[] parts = contentType.split(";", -1);
        String charset = null;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals > 0 && parts[i].substring(0, equals).strip().equalsIgnoreCase("charset")) {
                String value = parts[i].substring(equals + 1).replace("\"", "").strip();
                charset = value.isEmpty() ? null : value;
            }
        }
        return new MediaType(parts[0].strip().toLowerCase(Locale.ROOT), charset);
    }

    boolean isJson() {
        return name.equals(JSON) || name.startsWith("application/") && name.endsWith("+json");
    }

    boolean isText() {
        return name.startsWith("text/") || name.equals("application/text");
    }
}
