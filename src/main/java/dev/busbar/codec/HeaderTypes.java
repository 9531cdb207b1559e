package dev.busbar.codec;

import java.util.HashMap;
import java.util.Map;

/**
 * The companion header that remembers types: {@code x-count=int;x-death=list;x-death/0/time=timestamp}. What has no
 * entry is a string, or inside JSON what JSON says. A path leads into nested values; its parts are escaped with
 * {@code %} and two hexadecimal digits.
 */
final class HeaderTypes {

    private static final String SPECIAL = "%/;=";

    private HeaderTypes() {}

    static String escape(String part) {
        StringBuilder escaped = null;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (SPECIAL.indexOf(c) >= 0 && escaped == null) {
                escaped = new StringBuilder(part.length() + 8).append(part, 0, i);
            }
            if (escaped != null) {
                escaped.append(SPECIAL.indexOf(c) >= 0 ? "%" + Integer.toHexString(c) : c);
            }
        }
        return escaped == null ? part : escaped.toString();
    }

    static StringBuilder add(StringBuilder types, String path, HeaderType type) {
        StringBuilder all = types == null ? new StringBuilder() : types.append(';');
        return all.append(path).append('=').append(type.label());
    }

    /** Types by escaped path. */
    static Map<String, HeaderType> parse(String types) {
        if (types == null || types.isEmpty()) {
            return Map.of();
        }
        Map<String, HeaderType> parsed = new HashMap<>();
        for (String entry : types.split(";")) {
            int equals = entry.indexOf('=');
            HeaderType type = equals < 0 ? null : HeaderType.named(entry.substring(equals + 1));
            if (type == null) {
                throw new IllegalArgumentException("header " + BusHeaders.HEADER_TYPES + ": '" + entry
                        + "' is not of the form name=type; use the types listed with dev.busbar.codec"
                        + " or leave the header out");
            }
            parsed.put(entry.substring(0, equals), type);
        }
        return parsed;
    }
}
