package dev.busbar.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Finds, for a routing key, the values of all filters that match it. A trie: the cost of a match grows with the number
 * of words in the key (and with the {@code #} in filters with the same beginning), not with the number of filters.
 *
 * <p>Meant for many filters with few values each, because adding a value takes time in proportion to the values of its
 * filter. Not thread-safe. A consumer that {@link #match} calls may change the index; whether the running match sees
 * the change is undefined.
 *
 * @param <T> the values, compared with {@code equals}
 */
public final class TopicIndex<T> {

    private final TrieNode<T> root = new TrieNode<>();
    /** Counts the steps of all matches, so that a node is reached once in each. */
    private long step;

    /**
     * Adds a value to a filter.
     *
     * @return {@code false} if the filter has the value already
     */
    public boolean add(TopicFilter filter, T value) {
        TrieNode<T> node = root;
        for (String word : filter.words()) {
            node = node.childOrNew(word);
        }
        return node.add(value);
    }

    /**
     * Removes a value from a filter.
     *
     * @return whether the filter had the value
     */
    public boolean remove(TopicFilter filter, T value) {
        List<TrieNode<T>> path = new ArrayList<>();
        TrieNode<T> node = root;
        for (String word : filter.words()) {
            path.add(node);
            node = node.child(word);
            if (node == null) {
                return false;
            }
        }
        boolean removed = node.remove(value);
        for (int i = path.size() - 1; removed && i >= 0 && node.isEmpty(); i--) {
            path.get(i).drop(filter.words().get(i));
            node = path.get(i);
        }
        return removed;
    }

    /**
     * Passes the values of all filters that match the key to the consumer, in no particular order: a value once for
     * each of its filters, however many ways a {@code #} has to match.
     */
    public void match(String key, Consumer<? super T> consumer) {
        List<TrieNode<T>> reached = new ArrayList<>(4);
        reach(root, reached, ++step);
        for (int start = key.isEmpty() ? -1 : 0; start >= 0 && !reached.isEmpty(); ) {
            int dot = key.indexOf('.', start);
            String word = dot < 0 ? key.substring(start) : key.substring(start, dot);
            reached = advance(reached, word);
            start = dot < 0 ? -1 : dot + 1;
        }
        for (int i = 0; i < reached.size(); i++) {
            reached.get(i).forEach(consumer);
        }
    }

    /** Returns all nodes that one more word leads to, each once. */
    private List<TrieNode<T>> advance(List<TrieNode<T>> from, String word) {
        List<TrieNode<T>> next = new ArrayList<>(4);
        long now = ++step;
        for (int i = 0; i < from.size(); i++) {
            TrieNode<T> node = from.get(i);
            reach(node.literal(word), next, now);
            reach(node.one, next, now);
            if (node.takesAny) {
                reach(node, next, now);
            }
        }
        return next;
    }

    /** Adds the node, and the nodes behind a {@code #} that takes no word, unless they were reached in this step. */
    private static <T> void reach(TrieNode<T> node, List<TrieNode<T>> into, long now) {
        for (TrieNode<T> at = node; at != null && at.reachedAt != now; at = at.any) {
            at.reachedAt = now;
            into.add(at);
        }
    }

    /** Returns whether no filter has a value. */
    public boolean isEmpty() {
        return root.isEmpty();
    }
}
