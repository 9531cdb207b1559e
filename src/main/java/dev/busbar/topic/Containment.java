package dev.busbar.topic;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether the outer filter matches every key that the inner filter matches. Treats both filters as automata:
 * explores all states of the inner one, each with the set of states that the outer one can be in after the same words.
 * A wildcard of the inner filter is followed with a word that occurs in neither filter, because what matches that word
 * matches every word.
 */
final class Containment {

    /** Bounds the work. Only filters constructed for it need more states; they count as not contained. */
    private static final int MAX_STATES = 20_000;

    /** A position in the words of the inner filter, and all positions that the outer filter can have. */
    private record State(int inner, BitSet outer) {}

    private final List<String> outer;
    private final List<String> inner;
    private final ArrayDeque<State> unexplored = new ArrayDeque<>();
    private final Set<State> seen = new HashSet<>();

    Containment(List<String> outer, List<String> inner) {
        this.outer = outer;
        this.inner = inner;
    }

    /** Returns whether the outer filter contains the inner one. */
    boolean holds() {
        var start = new BitSet();
        add(start, 0);
        reach(0, start);
        while (!unexplored.isEmpty()) {
            var at = unexplored.pop();
            if (at.inner() == inner.size()) {
                if (!at.outer().get(outer.size())) {
                    return false;
                }
            } else if (seen.size() > MAX_STATES || at.outer().isEmpty()) {
                return false;
            } else {
                advance(at);
            }
        }
        return true;
    }

    private void advance(State at) {
        var word = inner.get(at.inner());
        if (word.equals(TopicFilter.ANY)) {
            reach(at.inner() + 1, at.outer());
            reach(at.inner(), after(at.outer(), null));
        } else {
            reach(at.inner() + 1, after(at.outer(), word.equals(TopicFilter.ONE) ? null : word));
        }
    }

    private void reach(int position, BitSet positions) {
        var state = new State(position, positions);
        if (seen.add(state)) {
            unexplored.push(state);
        }
    }

    /**
     * Returns the positions of the outer filter after one more word.
     *
     * @param word {@code null} for a word that occurs in neither filter
     */
    private BitSet after(BitSet positions, String word) {
        var next = new BitSet();
        for (int i = positions.nextSetBit(0); i >= 0 && i < outer.size(); i = positions.nextSetBit(i + 1)) {
            var expected = outer.get(i);
            if (expected.equals(TopicFilter.ANY)) {
                add(next, i);
            } else if (expected.equals(TopicFilter.ONE) || expected.equals(word)) {
                add(next, i + 1);
            }
        }
        return next;
    }

    /** Adds a position, and those behind the {@code #} that follow it, because {@code #} also stands for no word. */
    private void add(BitSet positions, int position) {
        int at = position;
        positions.set(at);
        while (at < outer.size() && outer.get(at).equals(TopicFilter.ANY)) {
            positions.set(++at);
        }
    }
}
