package dev.busbar.topic;

import java.util.ArrayList;
import java.util.List;

/** Splits and checks the words of routing keys, filters and templates. */
final class Words {

    /** The limit of AMQP 0-9-1 for a routing key, in bytes. */
    static final int MAX_BYTES = 255;

    private static final int MAX_SHOWN_CHARACTERS = 60;

    private Words() {}

    /** Returns the words between the dots; none for the empty text. */
    static List<String> split(String dotted) {
        if (dotted.isEmpty()) {
            return List.of();
        }
        List<String> words = new ArrayList<>(8);
        int start = 0;
        for (int dot = dotted.indexOf('.'); dot >= 0; dot = dotted.indexOf('.', start)) {
            words.add(dotted.substring(start, dot));
            start = dot + 1;
        }
        words.add(dotted.substring(start));
        return List.copyOf(words);
    }

    /**
     * Returns what is wrong with the text and the remedy, as the rest of a sentence; {@code null} if the text is valid.
     * Every valid character is one byte.
     *
     * @param wildcards whether {@code *} and {@code #} are valid
     */
    static String problem(String text, boolean wildcards) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c > 0x7e) {
                return String.format("has the character U+%04X at position %d; use 7-bit printable ASCII", (int) c, i);
            }
            if (!wildcards && (c == '*' || c == '#')) {
                return "has a '" + c + "' at position " + i + "; wildcards belong in filters, use another character";
            }
        }
        if (text.length() > MAX_BYTES) {
            return "is " + text.length() + " bytes long; shorten it to at most " + MAX_BYTES;
        }
        return null;
    }

    /** @throws IllegalArgumentException if the text is invalid, with {@code what} as the subject of the message */
    static void check(String what, String dotted, boolean wildcards) {
        String problem = problem(dotted, wildcards);
        if (problem != null) {
            throw new IllegalArgumentException(what + " " + show(dotted) + " " + problem);
        }
    }

    /** @throws IllegalArgumentException if the word contains a dot */
    static void checkWord(String what, String word, int index, Object all) {
        if (word.indexOf('.') >= 0) {
            throw new IllegalArgumentException(what + " " + show(String.valueOf(all)) + ": word " + index + ", "
                    + show(word) + ", has a dot; dots join words, give its parts as words of their own or parse it");
        }
    }

    /** Returns the text in quotes, shortened and without control characters. */
    static String show(String text) {
        return "'" + shortened(text) + "'";
    }

    /** Returns the text, shortened and without control characters. */
    static String shortened(String text) {
        String shown = text.length() <= MAX_SHOWN_CHARACTERS ? text : text.substring(0, MAX_SHOWN_CHARACTERS) + "…";
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
