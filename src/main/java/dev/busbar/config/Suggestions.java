package dev.busbar.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what a mistyped word was meant to be. */
final class Suggestions {

    private Suggestions() {}

    /**
     * The nearest of the known words, if one is near: a third of its letters may be wrong, case and dashes do not
     * count.
     */
    static Optional<String> near(String word, Collection<String> known) {
        String typed = plain(word);
        return known.stream()
                .filter(it -> distance(typed, plain(it)) <= Math.max(1, it.length() / 3))
                .min(Comparator.comparingInt(it -> distance(typed, plain(it))));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** Insertions, deletions and substitutions between two words. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
