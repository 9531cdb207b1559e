package dev.busbar.text;

/**
 * Text on one line that leaves a terminal or a log as it is. Everything that is not shown but obeyed is escaped as JSON
 * escapes it, so that JSON stays the same JSON: control characters (C0, DEL, C1) with line breaks and tabs among them,
 * line and paragraph separators, and format characters, which turn the direction of writing or hide text.
 */
public final class Printable {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Printable() {}

    /** @param text may be {@code null} */
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

    /** Whether a character is shown, and not obeyed. */
    public static boolean isHarmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            // Words of some languages, and some emojis, are not written without these two.
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
