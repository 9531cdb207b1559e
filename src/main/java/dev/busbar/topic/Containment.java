package dev.busbar.topic;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether one filter matches every key another does: walks all that the inner filter can become and follows where the
 * outer one can be meanwhile. A wildcard of the inner filter becomes a word that occurs nowhere: what matches that
 * matches every word.
 */
final class Containment {

    /** Only filters made for it need more; they count as not covered. */
    private static final int MOST_STATES = 20_000;

    /** How far the inner filter is, and everywhere the outer one can be. */
    private record State(int inner, BitSet outer) {}

    private final List<String> outer;
    private final List<String> inner;
    private final ArrayDeque<State> open = new ArrayDeque<>();
    private final Set<State> seen = new HashSet<>();

    Containment(List<String> outer, List<String> inner) {
        this.outer = outer;
        this.inner = inner;
    }

    boolean holds() {
        var start = new BitSet();
        add(start, 0);
        reach(0, start);
        while (!open.isEmpty()) {
            var at = open.pop();
            if (at.inner() == inner.size()) {
                if (!at.outer().get(outer.size())) {
                    return false;
                }
            } else if (seen.size() > MOST_STATES || at.outer().isEmpty()) {
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
            open.push(state);
        }
    }

    /** @param word {@code null} for one that occurs nowhere */
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

    /** A {@code #} may take no word at all. */
    private void add(BitSet positions, int position) {
        int at = position;
        positions.set(at);
        while (at < outer.size() && outer.get(at).equals(TopicFilter.ANY)) {
            positions.set(++at);
        }
    }
}
