package dev.busbar.topic;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One word of some filters: what lies under it, and the values of the filter that ends here. Most of a hundred thousand
 * have one child or one value, and a match waits for memory more than for anything else: a node has a map only if it
 * needs one.
 */
final class TrieNode<T> {

    private static final Object[] NONE = {};

    /** The child for {@code *}. */
    TrieNode<T> one;

    /** The child for {@code #}. */
    TrieNode<T> any;

    /** Whether this node is itself a {@code #} and so swallows further words. */
    boolean takesAny;

    /** The last step of a match that came by: keeps a node from being counted twice. */
    long reachedAt;

    /** The only child for a literal word, unless there are several. */
    private TrieNode<T> only;

    private String onlyWord;
    private Map<String, TrieNode<T>> literals;
    private Object[] values = NONE;

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
            // Many filters have words in common: one copy of each stays near.
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
        // Never changed in place: a consumer may do this while it is given the values.
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
        values = fewer.length == 0 ? NONE : fewer;
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
