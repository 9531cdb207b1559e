package dev.busbar.deadletter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts down a {@link Selection} while its messages are found. */
final class SelectionProgress {

    private final boolean any;
    private final Map<String, Integer> wanted = new HashMap<>();
    private long left;

    /** @param present how many messages are in the queue at the beginning: later ones are not selected */
    SelectionProgress(Selection selection, long present) {
        any = selection instanceof Selection.First;
        if (selection instanceof Selection.First first) {
            left = Math.min(first.most(), present);
        } else if (selection instanceof Selection.Of named) {
            named.tokens().forEach(token -> wanted.merge(token, 1, Integer::sum));
            left = named.tokens().size();
        }
    }

    boolean done() {
        return left == 0;
    }

    /** Returns whether the message is selected, and counts it. */
    boolean take(String token) {
        var count = wanted.getOrDefault(token, 0);
        if (done() || !any && count == 0) {
            return false;
        }
        if (!any) {
            wanted.put(token, count - 1);
        }
        left--;
        return true;
    }

    /** Returns the tokens of which no message has been found, or too few. */
    List<String> missing() {
        return wanted.entrySet().stream()
                .filter(it -> it.getValue() > 0)
                .map(Map.Entry::getKey)
                .toList();
    }
}
