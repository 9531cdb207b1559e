package dev.busbar.codec;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A charset by one of its usual names: the JVM's, in any case and with or without hyphens and underscores, and those of
 * Python, Ruby, JavaScript and SQL that the JVM has not.
 *
 * @param signed whether the text begins with a byte order mark that is not a part of it, as Python's {@code utf-8-sig}
 */
record TextEncoding(Charset charset, boolean signed) {

    static final TextEncoding UTF8 = new TextEncoding(StandardCharsets.UTF_8, false);
    private static final TextEncoding LATIN1 = new TextEncoding(StandardCharsets.ISO_8859_1, false);
    private static final TextEncoding ASCII = new TextEncoding(StandardCharsets.US_ASCII, false);

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** By the letters and digits alone. */
    private static final Map<String, TextEncoding> OTHER_NAMES = Map.ofEntries(
            Map.entry("u8", UTF8),
            Map.entry("utf", UTF8),
            Map.entry("utf8mb3", UTF8),
            Map.entry("utf8mb4", UTF8),
            Map.entry("utf8sig", new TextEncoding(StandardCharsets.UTF_8, true)),
            Map.entry("8859", LATIN1),
            Map.entry("iso8859", LATIN1),
            Map.entry("latin", LATIN1),
            Map.entry("u16", new TextEncoding(StandardCharsets.UTF_16, false)),
            Map.entry("ucs2", new TextEncoding(StandardCharsets.UTF_16LE, false)));

    /**
     * What Windows and Python mean by a name, and what the JVM calls that; by some of these names it knows IBM's
     * charsets, which lack characters that Windows has.
     */
    private static final Map<String, String> MEANT = Map.of(
            "cp932", "windows-31j",
            "cp949", "x-windows-949",
            "uhc", "x-windows-949",
            "cp950", "x-windows-950",
            "u32", "utf-32",
            "ucs4", "utf-32",
            "ujis", "euc-jp",
            "macintosh", "x-macroman");

    /** @return {@code null} if there is no such charset */
    static TextEncoding named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "utf-8", "utf8" -> UTF8;
            case "latin-1", "latin1", "iso-8859-1" -> LATIN1;
            case "us-ascii", "ascii" -> ASCII;
            default -> unusual(lower);
        };
    }

    /** Does not ask the JVM, which searches all its providers each time for a name that none has. */
    private static TextEncoding unusual(String lower) {
        String bare = bare(lower);
        TextEncoding other = OTHER_NAMES.get(bare);
        Charset known = other == null ? Known.BY_NAME.getOrDefault(lower, Known.BY_BARE_NAME.get(bare)) : null;
        return known == null ? other : new TextEncoding(known, false);
    }

    private static String bare(String lower) {
        return lower.replaceAll("[^a-z0-9]", "");
    }

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    String read(ByteBuf bytes) throws CharacterCodingException {
        String text = charset.newDecoder().decode(bytes.nioBuffer()).toString();
        return signed && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    ByteBuffer write(String text) throws CharacterCodingException {
        return charset.newEncoder().encode(CharBuffer.wrap(signed ? BYTE_ORDER_MARK + text : text));
    }

    boolean canWrite() {
        return charset.canEncode();
    }

    @Override
    public String toString() {
        return charset + (signed ? " with a byte order mark" : "");
    }

    /** Made when the first unusual name comes, for a JVM has some 170 charsets. */
    private static final class Known {

        static final Map<String, Charset> BY_NAME = new HashMap<>();
        static final Map<String, Charset> BY_BARE_NAME = new HashMap<>();

        static {
            for (Charset charset : Charset.availableCharsets().values()) {
                charset.aliases().forEach(alias -> put(alias, charset));
                put(charset.name(), charset);
            }
            MEANT.forEach((name, meant) -> {
                if (BY_NAME.containsKey(meant)) {
                    BY_NAME.put(name, BY_NAME.get(meant));
                    BY_BARE_NAME.put(name, BY_NAME.get(meant));
                }
            });
        }

        private static void put(String name, Charset charset) {
            String lower = name.toLowerCase(Locale.ROOT);
            BY_NAME.put(lower, charset);
            if (!bare(lower).isEmpty()) {
                BY_BARE_NAME.putIfAbsent(bare(lower), charset);
            }
        }
    }
}
