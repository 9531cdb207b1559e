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
 * Represents a charset that a message names. Known are the JVM's names, in any case and with or without hyphens and
 * underscores, and names of Python, Ruby, JavaScript and SQL that the JVM does not know.
 *
 * @param signed whether the text has a byte order mark in front, as with Python's {@code utf-8-sig}
 */
record TextEncoding(Charset charset, boolean signed) {

    static final TextEncoding UTF8 = new TextEncoding(StandardCharsets.UTF_8, false);
    private static final TextEncoding LATIN1 = new TextEncoding(StandardCharsets.ISO_8859_1, false);
    private static final TextEncoding ASCII = new TextEncoding(StandardCharsets.US_ASCII, false);

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Names that the JVM does not know, by their letters and digits alone. */
    private static final Map<String, TextEncoding> FOREIGN_NAMES = Map.ofEntries(
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
     * The JVM's names for the charsets that Windows and Python mean. For some of these names the JVM itself has a
     * charset of IBM that lacks characters.
     */
    private static final Map<String, String> JVM_NAMES = Map.of(
            "cp932", "windows-31j",
            "cp949", "x-windows-949",
            "uhc", "x-windows-949",
            "cp950", "x-windows-950",
            "u32", "utf-32",
            "ucs4", "utf-32",
            "ujis", "euc-jp",
            "macintosh", "x-macroman");

    /** Returns the charset with this name; {@code null} if there is none. */
    static TextEncoding named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (lower) {
            case "utf-8", "utf8" -> UTF8;
            case "latin-1", "latin1", "iso-8859-1" -> LATIN1;
            case "us-ascii", "ascii" -> ASCII;
            default -> unusual(lower);
        };
    }

    /** Looks a name up without {@link Charset#forName}, which searches all providers each time for an unknown name. */
    private static TextEncoding unusual(String lower) {
        String bare = bareName(lower);
        TextEncoding foreign = FOREIGN_NAMES.get(bare);
        Charset known =
                foreign == null ? JvmCharsets.BY_NAME.getOrDefault(lower, JvmCharsets.BY_BARE_NAME.get(bare)) : null;
        return known == null ? foreign : new TextEncoding(known, false);
    }

    private static String bareName(String lower) {
        return lower.replaceAll("[^a-z0-9]", "");
    }

    boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /**
     * Returns the text, without the byte order mark.
     *
     * @throws CharacterCodingException if the bytes are not text in this charset
     */
    String read(ByteBuf bytes) throws CharacterCodingException {
        String text = charset.newDecoder().decode(bytes.nioBuffer()).toString();
        return signed && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    /**
     * Returns the encoded text.
     *
     * @throws CharacterCodingException if the charset lacks a character of the text
     */
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

    /** Indexes the JVM's charsets, some 170. Loaded when the first unusual name comes. */
    private static final class JvmCharsets {

        static final Map<String, Charset> BY_NAME = new HashMap<>();
        static final Map<String, Charset> BY_BARE_NAME = new HashMap<>();

        static {
            for (Charset charset : Charset.availableCharsets().values()) {
                charset.aliases().forEach(alias -> put(alias, charset));
                put(charset.name(), charset);
            }
            JVM_NAMES.forEach((name, jvmName) -> {
                if (BY_NAME.containsKey(jvmName)) {
                    BY_NAME.put(name, BY_NAME.get(jvmName));
                    BY_BARE_NAME.put(name, BY_NAME.get(jvmName));
                }
            });
        }

        private static void put(String name, Charset charset) {
            String lower = name.toLowerCase(Locale.ROOT);
            BY_NAME.put(lower, charset);
            if (!bareName(lower).isEmpty()) {
                BY_BARE_NAME.putIfAbsent(bareName(lower), charset);
            }
        }
    }
}
