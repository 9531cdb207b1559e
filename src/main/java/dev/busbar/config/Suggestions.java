package dev.busbar.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known word that a mistyped word was probably meant to be. */
public final class Suggestions {

    private Suggestions() {}

    /**
     * Returns the nearest of the known words, if one is near: a third of its letters may be wrong; case and dashes do
     * not count.
     */
    public static Optional<String> near(String word, Collection<String> known) {
        String typed = plain(word);
        return known.stream()
                .filter(it -> Math.abs(typed.length() - plain(it).length()) <= Math.max(1, it.length() / 3))
                .filter(it -> distance(typed, plain(it)) <= Math.max(1, it.length() / 3))
                .min(Comparator.comparingInt(it -> distance(typed, plain(it))));
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
    }

    /** Counts the insertions, deletions, substitutions and swaps of neighbours between two words. */
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int substituted = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(substituted, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
