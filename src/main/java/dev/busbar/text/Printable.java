package dev.busbar.text;

/**
 * Makes text safe to print on one line of a terminal or a log. Characters that control the output instead of being
 * shown are escaped: control characters (C0, DEL, C1), line breaks and tabs among them, line and paragraph separators,
 * and format characters, which change the direction of writing or hide text. The escapes are those of JSON, so that
 * JSON keeps its meaning.
 */
public final class Printable {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Printable() {}

    /** Returns the text with all controlling characters escaped; {@code "null"} for {@code null}. */
    public static String of(String text) {
        if (text == null) {
            return "null";
        }
        if (text.codePoints().allMatch(Printable::isHarmless)) {
            return text;
        }
        var clean = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (isHarmless(character)) {
                clean.appendCodePoint(character);
            } else {
                escape(character, clean);
            }
        });
        return clean.toString();
    }

    /** Returns whether a character is only shown and does not control the output. */
    public static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            // Some languages and some emojis need these two.
            case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
            default -> true;
        };
    }

    private static void escape(int character, StringBuilder to) {
        switch (character) {
            case '\n' -> to.append("\\n");
            case '\r' -> to.append("\\r");
            case '\t' -> to.append("\\t");
            default -> {
                for (var unit : Character.toChars(character)) {
                    to.append(String.format("\\u%04x", (int) unit));
                }
            }
        }
    }
}
