package dev.busbar.topic;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** One word of some filters: what lies under it, and the values of the filter that ends here. */
final class TrieNode<T> {

    /** The child for {@code *}. */
    TrieNode<T> one;

    /** The child for {@code #}. */
    TrieNode<T> any;

    /** Whether this node is itself a {@code #} and so swallows further words. */
    boolean takesAny;

    /** The last step of a match that came by: keeps a node from being counted twice. */
    long reachedAt;

    private final Map<String, TrieNode<T>> literals = new HashMap<>(4);
    private final Set<T> values = new LinkedHashSet<>(4);
    private Object[] snapshot;

    TrieNode<T> literal(String word) {
        return literals.get(word);
    }

    TrieNode<T> child(String word) {
        return switch (word) {
            case TopicFilter.ONE -> one;
            case TopicFilter.ANY -> any;
            default -> literals.get(word);
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
            default -> literals.put(word, child);
        }
        child.takesAny = child == any;
        return child;
    }

    void drop(String word) {
        switch (word) {
            case TopicFilter.ONE -> one = null;
            case TopicFilter.ANY -> any = null;
            default -> literals.remove(word);
        }
    }

    boolean add(T value) {
        snapshot = null;
        return values.add(value);
    }

    boolean remove(T value) {
        snapshot = null;
        return values.remove(value);
    }

    /** Walks a snapshot, so that a consumer may change the values. */
    @SuppressWarnings("unchecked")
    void forEach(Consumer<? super T> consumer) {
        if (values.isEmpty()) {
            return;
        }
        if (snapshot == null) {
            snapshot = values.toArray();
        }
        for (Object value : snapshot) {
            consumer.accept((T) value);
        }
    }

    boolean isEmpty() {
        return values.isEmpty() && literals.isEmpty() && one == null && any == null;
    }
}
