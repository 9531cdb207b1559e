package dev.busbar.topic;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * Represents a routing key: words of 7-bit printable ASCII without {@code *}, {@code #} and dots, at most 255 bytes
 * when joined by dots. Words may be empty; see this package's description for the empty key. Immutable.
 */
public final class RoutingKey {

    private final String dotted;
    private final List<String> words;

    private RoutingKey(String dotted, List<String> words) {
        Words.check("routing key", dotted, false);
        this.dotted = dotted;
        this.words = words;
    }

    /**
     * Makes a key of its words.
     *
     * @param words none for the empty key
     * @return the words joined by dots
     * @throws IllegalArgumentException if a word is {@code null} or has a character a key cannot have, or if the key is
     *     too long
     */
    public static RoutingKey of(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (words[i] == null) {
                throw new IllegalArgumentException("routing key " + Words.show(Arrays.toString(words)) + ": word " + i
                        + " is null; a key has no wildcards, use a TopicFilter or give the word");
            }
            Words.checkWord("routing key", words[i], i, Arrays.asList(words));
        }
        String dotted = String.join(".", words);
        return new RoutingKey(dotted, dotted.isEmpty() ? List.of() : List.of(words));
    }

    /**
     * Reads a key as it is on the wire: words joined by dots.
     *
     * @param dotted words with dots between them
     * @return the key
     * @throws IllegalArgumentException if it has a character a key cannot have, or is too long
     */
    public static RoutingKey parse(String dotted) {
        return new RoutingKey(requireNonNull(dotted, "dotted"), Words.split(dotted));
    }

    /**
     * Returns the words.
     *
     * @return none for the empty key
     */
    public List<String> words() {
        return words;
    }

    /** Returns the key as it is on the wire: words joined by dots. */
    @Override
    public String toString() {
        return dotted;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RoutingKey key && key.dotted.equals(dotted);
    }

    @Override
    public int hashCode() {
        return dotted.hashCode();
    }
}
