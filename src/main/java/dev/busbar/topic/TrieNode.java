package dev.busbar.topic;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Represents one word of the filters that begin alike: the children for their next words, and the values of the filter
 * that ends here. Most nodes have a single child or a single value. Memory access dominates the time of a match, so a
 * node has a map only for two or more literal children.
 */
final class TrieNode<T> {

    private static final Object[] NO_VALUES = {};

    /** The child for {@code *}. */
    TrieNode<T> one;

    /** The child for {@code #}. */
    TrieNode<T> any;

    /** Whether this node stands for {@code #}, so that further words may lead to it again. */
    boolean takesAny;

    /** The last step of a match that has reached this node; see {@link TopicIndex}. */
    long reachedAt;

    /** The child for a literal word while there is just one. */
    private TrieNode<T> only;

    private String onlyWord;
    private Map<String, TrieNode<T>> literals;
    private Object[] values = NO_VALUES;

    TrieNode<T> literal(String word) {
        if (literals != null) {
            return literals.get(word);
        }
        return word.equals(onlyWord) ? only : null;
    }

    TrieNode<T> child(String word) {
        return switch (word) {
            case TopicFilter.ONE -> one;
            case TopicFilter.ANY -> any;
            default -> literal(word);
        };
    }

    TrieNode<T> childOrNew(String word) {
        TrieNode<T> child = child(word);
        if (child != null) {
            return child;
        }
        child = new TrieNode<>();
        switch (word) {
            case TopicFilter.ONE -> one = child;
            case TopicFilter.ANY -> any = child;
            // Many filters share words; a single copy of each stays in the processor's cache.
            default -> put(word.intern(), child);
        }
        child.takesAny = child == any;
        return child;
    }

    private void put(String word, TrieNode<T> child) {
        if (literals == null && only == null) {
            onlyWord = word;
            only = child;
            return;
        }
        if (literals == null) {
            literals = new HashMap<>();
            literals.put(onlyWord, only);
            onlyWord = null;
            only = null;
        }
        literals.put(word, child);
    }

    void drop(String word) {
        switch (word) {
            case TopicFilter.ONE -> one = null;
            case TopicFilter.ANY -> any = null;
            default -> dropLiteral(word);
        }
    }

    private void dropLiteral(String word) {
        if (literals != null) {
            literals.remove(word);
        } else if (word.equals(onlyWord)) {
            onlyWord = null;
            only = null;
        }
    }

    boolean add(T value) {
        if (indexOf(value) >= 0) {
            return false;
        }
        // Copied, because a consumer may add a value while it is called with the present ones.
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
        return true;
    }

    boolean remove(T value) {
        int index = indexOf(value);
        if (index < 0) {
            return false;
        }
        Object[] fewer = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(values, index + 1, fewer, index, fewer.length - index);
        values = fewer.length == 0 ? NO_VALUES : fewer;
        return true;
    }

    private int indexOf(T value) {
        return Arrays.asList(values).indexOf(value);
    }

    @SuppressWarnings("unchecked")
    void forEach(Consumer<? super T> consumer) {
        for (Object value : values) {
            consumer.accept((T) value);
        }
    }

    boolean isEmpty() {
        return values.length == 0
                && only == null
                && (literals == null || literals.isEmpty())
                && one == null
                && any == null;
    }
}
