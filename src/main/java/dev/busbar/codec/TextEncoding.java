package dev.busbar.codec;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
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

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** By the letters and digits alone. */
    private static final Map<String, TextEncoding> OTHER_NAMES = Map.of(
            "u8", UTF8,
            "utf", UTF8,
            "utf8mb4", UTF8,
            "utf8sig", new TextEncoding(StandardCharsets.UTF_8, true),
            "8859", new TextEncoding(StandardCharsets.ISO_8859_1, false),
            "u16", new TextEncoding(StandardCharsets.UTF_16, false),
            "ucs2", new TextEncoding(StandardCharsets.UTF_16LE, false));

    /** @return {@code null} if there is no such charset */
    static TextEncoding named(String name) {
        try {
            if (Charset.isSupported(name)) {
                return new TextEncoding(Charset.forName(name), false);
            }
        } catch (IllegalCharsetNameException e) {
            // It may be a usual name all the same.
        }
        String bare = bare(name);
        TextEncoding other = OTHER_NAMES.get(bare);
        Charset known = other != null || bare.isEmpty() ? null : Known.BY_BARE_NAME.get(bare);
        return known == null ? other : new TextEncoding(known, false);
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
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

        static final Map<String, Charset> BY_BARE_NAME = new HashMap<>();

        static {
            for (Charset charset : Charset.availableCharsets().values()) {
                charset.aliases().forEach(alias -> BY_BARE_NAME.putIfAbsent(bare(alias), charset));
            }
            for (Charset charset : Charset.availableCharsets().values()) {
                BY_BARE_NAME.put(bare(charset.name()), charset);
            }
        }
    }
}
