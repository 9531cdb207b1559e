package dev.busbar.broker.amqp10;

import dev.busbar.topic.TopicFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a topic filter as a JMS selector on the subject, which selectors call {@code JMSType}. Selectors have no
 * pattern for one word: {@code %} takes dots too, so that the dots are counted besides.
 *
 * <p>A filter that has both {@code #} and a {@code *} that does not touch it, e.g. {@code a.*.b.#}, is written out for
 * keys of each length up to {@value #MAX_COUNTED_WORDS} words. The selector takes some longer keys that it should not,
 * and misses none.
 */
final class FilterSelector {

    static final int MAX_COUNTED_WORDS = 12;

    /**
     * A broker tries each way to share out the dots of a key among the wildcards: every {@code %} may double its work.
     */
    private static final int MAX_WILDCARDS = 16;

    private static final int MAX_HASHES = 4;
    private static final String ANY_WORD = "%";
    /** No word of a key has it. */
    private static final String ESCAPE = "#";

    private FilterSelector() {}

    /**
     * Returns the selector for a filter; {@code null} if it lets everything through.
     *
     * @throws IllegalArgumentException if the filter cannot be written as a selector, saying why and what to do
     */
    static String of(TopicFilter filter) {
        var parts = parts(filter);
        var any = parts.stream().filter(Part::any).count();
        var counted = parts.stream().filter(Part::isCounted).count();
        if (parts.stream().mapToInt(Part::least).sum() > MAX_WILDCARDS || any > MAX_HASHES) {
            throw new IllegalArgumentException("filter '" + filter + "' has more wildcards than the broker can look for"
                    + " in reasonable time: use at most " + MAX_WILDCARDS + " '*' and " + MAX_HASHES + " '#'");
        }
        if (any > 1 && counted > 0) {
            throw new IllegalArgumentException("filter '" + filter + "' has several '#', and a '*' that touches none of"
                    + " them, which no selector of this broker can express: use several filters with one '#' each");
        }
        if (any == 0) {
            return counted == 0 ? "JMSType = " + literal(filter.toString()) : exactly(words(parts, 0));
        }
        if (parts.equals(List.of(new Part(null, 0, true)))) {
            return null;
        }
        return counted == 0 ? loosely(parts) : byLength(parts);
    }

    /**
     * A word, or wildcards side by side.
     *
     * @param word the word; {@code null} for wildcards
     * @param least how many words the wildcards stand for
     * @param any whether the wildcards stand for more words, too
     */
    private record Part(String word, int least, boolean any) {

        boolean isCounted() {
            return word == null && !any;
        }

        /** Returns the words of a pattern for this part, with this many more for {@code #}. */
        List<String> words(int more) {
            return word == null ? Collections.nCopies(least + (any ? more : 0), ANY_WORD) : List.of(escaped(word));
        }
    }

    private static List<Part> parts(TopicFilter filter) {
        var parts = new ArrayList<Part>();
        if (filter.toString().isEmpty()) {
            return parts;
        }
        for (var word : filter.toString().split("\\.", -1)) {
            var wild = word.equals("*") || word.equals("#");
            var last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
            if (!wild) {
                parts.add(new Part(word, 0, false));
            } else {
                var before =
                        last != null && last.word() == null ? parts.remove(parts.size() - 1) : new Part(null, 0, false);
                parts.add(
                        new Part(null, before.least() + (word.equals("*") ? 1 : 0), before.any() || word.equals("#")));
            }
        }
        return parts;
    }

    private static List<String> words(List<Part> parts, int more) {
        return parts.stream().flatMap(part -> part.words(more).stream()).toList();
    }

    /** Returns the condition for keys that have as many words as the pattern. */
    private static String exactly(List<String> words) {
        return atLeast(words) + " AND " + "JMSType NOT LIKE " + literal(dots(words.size()));
    }

    private static String atLeast(List<String> words) {
        return words.equals(List.of(ANY_WORD)) ? "JMSType <> ''" : like(String.join(".", words));
    }

    /**
     * Returns the condition for a filter in which no wildcard stands for a certain number of words: each may take dots,
     * or be left out with one of its own.
     */
    private static String loosely(List<Part> parts) {
        var patterns = new ArrayList<List<String>>();
        patterns.add(List.of());
        for (var part : parts) {
            var longer = new ArrayList<List<String>>();
            for (var begun : patterns) {
                for (var more = 0; more <= (part.any() && part.least() == 0 ? 1 : 0); more++) {
                    var words = new ArrayList<>(begun);
                    words.addAll(part.words(more));
                    longer.add(words);
                }
            }
            patterns.clear();
            patterns.addAll(longer);
        }
        return patterns.stream()
                // The empty key has no words, rather than one empty word.
                .filter(words -> !words.equals(List.of("")))
                .map(words -> words.contains(ANY_WORD) ? atLeast(words) : "JMSType = " + literal(unescaped(words)))
                .collect(Collectors.joining(" OR "));
    }

    private static String byLength(List<Part> parts) {
        var alternatives = new ArrayList<String>();
        var shortest = words(parts, 0).size();
        for (var length = shortest; length <= MAX_COUNTED_WORDS; length++) {
            alternatives.add("(" + exactly(words(parts, length - shortest)) + ")");
        }
        alternatives.add(atLeast(words(parts, Math.max(0, MAX_COUNTED_WORDS + 1 - shortest))));
        return String.join(" OR ", alternatives);
    }

    private static String dots(int count) {
        return ANY_WORD + ("." + ANY_WORD).repeat(count);
    }

    private static String like(String pattern) {
        return "JMSType LIKE " + literal(pattern) + (pattern.contains(ESCAPE) ? " ESCAPE '" + ESCAPE + "'" : "");
    }

    private static String escaped(String word) {
        return word.replaceAll("[%_]", ESCAPE + "$0");
    }

    private static String unescaped(List<String> words) {
        return String.join(".", words).replace(ESCAPE, "");
    }

    /** Returns a text as selectors quote it. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
