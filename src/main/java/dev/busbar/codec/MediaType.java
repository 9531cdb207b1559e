package dev.busbar.codec;

import java.util.Locale;

/**
 * A content type as far as it decides how a body is read.
 *
 * @param name type and subtype in lower case
 * @param charset the parameter of that name, or {@code null} if there is none, or an empty one
 */
record MediaType(String name, String charset) {

    static final String JSON = "application/json";
    static final String BYTES = "application/octet-stream";

    private static final MediaType PLAIN_JSON = new MediaType(JSON, null);

    /** @return {@code null} if there is no content type */
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
                String given = parts[i].substring(equals + 1).replace("\"", "").strip();
                charset = given.isEmpty() ? null : given;
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
