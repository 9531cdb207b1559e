package dev.busbar.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * Reads and writes the header {@code amqp-header-types}, which notes the types of application headers:
 * {@code x-count=int;x-death=list;x-death/0/time=timestamp}. A header without an entry is a string; a value inside JSON
 * without an entry has the type that JSON shows. A path leads to a nested value; special characters in its parts are
 * escaped with {@code %} and two hexadecimal digits. The parsed form is a tree of these parts, so that the look-ups
 * take time in proportion to the values.
 */
final class HeaderTypes {

    private static final String SPECIAL_CHARACTERS = "%/;=";

    /** Without a bound, a nested header of some kilobytes could make megabytes of types, because paths repeat names. */
    private static final int MAX_CHARACTERS = 256 << 10;

    private static final HeaderTypes NONE = new HeaderTypes();

    private HeaderType type;
    private final Map<String, HeaderTypes> parts = new HashMap<>(2);

    private HeaderTypes() {}

    /** Returns the type of the value at this path; {@code null} if it has no entry. */
    HeaderType type() {
        return type;
    }

    /** Returns the types of the value below this one, by its escaped name or its position in the list. */
    HeaderTypes part(String escaped) {
        return parts.getOrDefault(escaped, NONE);
    }

    /** Returns whether neither the value at this path nor any value below it has an entry. */
    boolean isEmpty() {
        return type == null && parts.isEmpty();
    }

    /** Returns a name as a part of a path. */
    static String escape(String part) {
        StringBuilder escaped = null;
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (SPECIAL_CHARACTERS.indexOf(c) >= 0 && escaped == null) {
                escaped = new StringBuilder(part.length() + 8).append(part, 0, i);
            }
            if (escaped != null) {
                escaped.append(SPECIAL_CHARACTERS.indexOf(c) >= 0 ? "%" + Integer.toHexString(c) : c);
            }
        }
        return escaped == null ? part : escaped.toString();
    }

    /**
     * Appends an entry.
     *
     * @param types the entries so far, or {@code null}
     * @return all entries, to be used instead of {@code types}
     * @throws IllegalArgumentException if the entries exceed the bound
     */
    static StringBuilder add(StringBuilder types, CharSequence path, HeaderType type) {
        StringBuilder all = types == null ? new StringBuilder() : types.append(';');
        all.append(path).append('=').append(type.label());
        if (all.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "the headers cannot be carried: the types of their values would take more" + " than "
                            + MAX_CHARACTERS + " characters");
        }
        return all;
    }

    /**
     * Reads the header.
     *
     * @param types may be {@code null}
     * @throws IllegalArgumentException naming an entry that is malformed
     */
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
