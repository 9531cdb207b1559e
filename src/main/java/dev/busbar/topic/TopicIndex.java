package dev.busbar.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Values under filters, found by routing key. A trie: the cost of a match grows with the words of the key (and with the
 * {@code #} in the filters that share its beginning), not with the number of filters.
 *
 * <p>Meant for many filters with few values each: putting one under a filter takes as long as it has values. Not
 * thread-safe. A consumer called by {@link #match} may change the index; whether that match still sees the change is
 * left open.
 *
 * @param <T> the values, compared with {@code equals}
 */
public final class TopicIndex<T> {

    private final TrieNode<T> root = new TrieNode<>();
    private long step;

    /**
     * Puts the value under the filter.
     *
     * @return {@code false} if it was there already; it is still found once
     */
    public boolean add(TopicFilter filter, T value) {
        TrieNode<T> node = root;
        for (String word : filter.words()) {
            node = node.childOrNew(word);
        }
        return node.add(value);
    }

    /**
     * Takes the value away from the filter.
     *
     * @return whether it was there
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
     * Gives the consumer every value whose filter matches: once for each filter it is under, however many ways a
     * {@code #} has to match.
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

    /** All nodes that one more word leads to, each once. */
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

    /** Adds the node, and what lies behind a {@code #} that takes no word at all. */
    private static <T> void reach(TrieNode<T> node, List<TrieNode<T>> into, long now) {
        for (TrieNode<T> at = node; at != null && at.reachedAt != now; at = at.any) {
            at.reachedAt = now;
            into.add(at);
        }
    }

    public boolean isEmpty() {
        return root.isEmpty();
    }
}
