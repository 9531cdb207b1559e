package dev.busbar.topic;

import java.util.ArrayList;
import java.util.List;

/** The rules that routing keys, filters and templates share: how words are split, joined and checked. */
final class Words {

    /** A routing key is a short string on the wire, in AMQP 0-9-1 at most 255 bytes. */
    static final int MAX_BYTES = 255;

    private static final int SHOWN = 60;

    private Words() {}

    /** Splits at every dot; the empty text has no words. */
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

    /** What is wrong with the text and what to do about it, or {@code null}. Each legal character is one byte. */
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

    static void check(String what, String dotted, boolean wildcards) {
        String problem = problem(dotted, wildcards);
        if (problem != null) {
            throw new IllegalArgumentException(what + " " + show(dotted) + " " + problem);
        }
    }

    static void checkWord(String what, String word, int index, Object all) {
        if (word.indexOf('.') >= 0) {
            throw new IllegalArgumentException(what + " " + show(String.valueOf(all)) + ": word " + index + ", "
                    + show(word) + ", has a dot; dots join words, give its parts as words of their own or parse it");
        }
    }

    /** The text in quotes, shortened and harmless to print. */
    static String show(String text) {
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
