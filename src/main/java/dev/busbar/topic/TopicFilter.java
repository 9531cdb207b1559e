package dev.busbar.topic;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * Represents a filter of routing keys, as topic exchanges apply it: {@code *} stands for exactly one word, which may be
 * empty, {@code #} for any number of words, none included, and every other word for itself. A filter has at most 255
 * bytes. At least one of its words is not empty, unless the whole filter is. Immutable.
 */
public final class TopicFilter {

    /** Stands for exactly one word. */
    static final String ONE = "*";

    /** Stands for any number of words, none included. */
    static final String ANY = "#";

    private final String dotted;
    private final List<String> words;

    private TopicFilter(String dotted, List<String> words) {
        Words.check("filter", dotted, true);
        checkAnyWord(dotted, words);
        for (int i = 0; i < words.size(); i++) {
            checkWildcard(words.get(i), i, dotted);
        }
        this.dotted = dotted;
        this.words = words;
    }

    /**
     * Makes a filter of its words.
     *
     * @param words in which {@code null} means {@code *}
     * @return the words joined by dots
     * @throws IllegalArgumentException if a word has a character a filter cannot have or mixes a wildcard with text, or
     *     if the filter is too long
     */
    public static TopicFilter of(String... words) {
        String[] given = words.clone();
        for (int i = 0; i < given.length; i++) {
            given[i] = given[i] == null ? ONE : given[i];
            Words.checkWord("filter", given[i], i, Arrays.asList(words));
        }
        String dotted = String.join(".", given);
        return new TopicFilter(dotted, dotted.isEmpty() ? List.of() : List.of(given));
    }

    /**
     * Reads an AMQP binding key.
     *
     * @param dotted words and wildcards with dots between them
     * @return the filter
     * @throws IllegalArgumentException as {@link #of} does
     */
    public static TopicFilter parse(String dotted) {
        return new TopicFilter(requireNonNull(dotted, "dotted"), Words.split(dotted));
    }

    /** Refuses a filter of empty words, which is a mistake: nobody uses keys that it would match. */
    private static void checkAnyWord(String dotted, List<String> words) {
        if (!words.isEmpty() && words.stream().allMatch(String::isEmpty)) {
            throw new IllegalArgumentException(
                    "filter " + Words.show(dotted) + " has no words between its dots; write words, or * for each");
        }
    }

    private static void checkWildcard(String word, int index, String dotted) {
        if (word.length() > 1 && (word.contains(ONE) || word.contains(ANY))) {
            throw new IllegalArgumentException("filter " + Words.show(dotted) + ": word " + index + ", "
                    + Words.show(word) + ", mixes a wildcard with text; a wildcard stands for whole words,"
                    + " use '*' or '#' alone between dots");
        }
    }

    List<String> words() {
        return words;
    }

    /**
     * Returns whether a key passes the filter.
     *
     * @param key a legal one
     * @return whether every word fits
     */
    public boolean matches(RoutingKey key) {
        return matches(key.words());
    }

    /**
     * Returns whether a key as it is on the wire passes the filter.
     *
     * @param key whether it is a legal one is not checked
     * @return whether every word fits
     */
    public boolean matches(String key) {
        return matches(Words.split(key));
    }

    /**
     * Backtracks only to the last {@code #}, because an earlier one never needs to take more words than it has taken.
     */
    private boolean matches(List<String> key) {
        int word = 0;
        int keyWord = 0;
        int afterAny = -1;
        int retryAt = 0;
        while (keyWord < key.size()) {
            if (word < words.size() && words.get(word).equals(ANY)) {
                afterAny = ++word;
                retryAt = keyWord;
            } else if (word < words.size() && matches(words.get(word), key.get(keyWord))) {
                word++;
                keyWord++;
            } else if (afterAny >= 0) {
                word = afterAny;
                keyWord = ++retryAt;
            } else {
                return false;
            }
        }
        while (word < words.size() && words.get(word).equals(ANY)) {
            word++;
        }
        return word == words.size();
    }

    private static boolean matches(String filterWord, String keyWord) {
        return filterWord.equals(ONE) || filterWord.equals(keyWord);
    }

    /**
     * Returns whether some key matches both, so that whoever listens to each gets it twice.
     *
     * @param other another filter
     * @return the same for both in either order
     */
    public boolean overlaps(TopicFilter other) {
        // next[j] tells whether the words of this filter after i overlap with the words of the other from j on.
        var next = new boolean[other.words.size() + 1];
        for (int i = words.size(); i >= 0; i--) {
            var overlap = new boolean[next.length];
            for (int j = other.words.size(); j >= 0; j--) {
                var mine = i < words.size() ? words.get(i) : null;
                var theirs = j < other.words.size() ? other.words.get(j) : null;
                if (mine == null && theirs == null) {
                    overlap[j] = true;
                } else if (ANY.equals(mine)) {
                    overlap[j] = next[j] || theirs != null && overlap[j + 1];
                } else if (ANY.equals(theirs)) {
                    overlap[j] = overlap[j + 1] || mine != null && next[j];
                } else {
                    overlap[j] = mine != null
                            && theirs != null
                            && next[j + 1]
                            && (matches(mine, theirs) || theirs.equals(ONE));
                }
            }
            next = overlap;
        }
        return next[0];
    }

    /**
     * Returns whether this filter matches every key the other does, so that who may have this one may have the other.
     * Exact, but for filters of so many wildcards between words that it cannot be told in reasonable time: those are
     * not covered.
     *
     * @param other another filter
     * @return whether nothing passes the other and not this one
     */
    public boolean covers(TopicFilter other) {
        return equals(other) || new Containment(words, other.words).holds();
    }

    /** Returns the AMQP binding key. */
    @Override
    public String toString() {
        return dotted;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicFilter filter && filter.dotted.equals(dotted);
    }

    @Override
    public int hashCode() {
        return dotted.hashCode();
    }
}
