package dev.busbar.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * The companion header that remembers types: {@code x-count=int;x-death=list;x-death/0/time=timestamp}. What has no
 * entry is a string, or inside JSON what JSON says. A path leads into nested values; its parts are escaped with
 * {@code %} and two hexadecimal digits. Read, it is a tree of the parts, so that looking types up takes no longer than
 * the values they are of.
 */
final class HeaderTypes {

    private static final String SPECIAL = "%/;=";

    /** Paths repeat what leads to them: a header of some kilobytes could have types of many megabytes. */
    private static final int MAX_LENGTH = 256 << 10;

    private static final HeaderTypes NONE = new HeaderTypes();

    private HeaderType type;
    private final Map<String, HeaderTypes> parts = new HashMap<>(2);

    private HeaderTypes() {}

    /** Of the value here; {@code null} if it has no entry. */
    HeaderType type() {
        return type;
    }

    /** Of what lies here under an escaped name, or a position in a list. */
    HeaderTypes part(String escaped) {
        return parts.getOrDefault(escaped, NONE);
    }

    /** Whether there is an entry for what lies here or under it. */
    boolean isEmpty() {
        return type == null && parts.isEmpty();
    }

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

    static StringBuilder add(StringBuilder types, CharSequence path, HeaderType type) {
        StringBuilder all = types == null ? new StringBuilder() : types.append(';');
        all.append(path).append('=').append(type.label());
        if (all.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the headers cannot be carried: the types of their values would take more" + " than " + MAX_LENGTH
                            + " characters");
        }
        return all;
    }

    static HeaderTypes parse(String types) {
        if (types == null || types.isEmpty()) {
            return NONE;
        }
        HeaderTypes root = new HeaderTypes();
        StringTokenizer entries = new StringTokenizer(types, ";");
        while (entries.hasMoreTokens()) {
            String entry = entries.nextToken();
            int equals = entry.indexOf('=');
            HeaderType type = equals < 0 ? null : HeaderType.named(entry.substring(equals + 1));
            if (type == null) {
                throw new IllegalArgumentException("header " + BusHeaders.HEADER_TYPES + ": '" + shortened(entry)
                        + "' is not of the form name=type; use the types listed with dev.busbar.codec"
                        + " or leave the header out");
            }
            root.at(entry.substring(0, equals)).type = type;
        }
        return root;
    }

    private static String shortened(String entry) {
        return entry.length() <= 60 ? entry : entry.substring(0, 60) + "…";
    }

    private HeaderTypes at(String path) {
        HeaderTypes at = this;
        for (int start = 0; start >= 0; ) {
            int slash = path.indexOf('/', start);
            String part = slash < 0 ? path.substring(start) : path.substring(start, slash);
            at = at.parts.computeIfAbsent(part, name -> new HeaderTypes());
            start = slash < 0 ? -1 : slash + 1;
        }
        return at;
    }
}
