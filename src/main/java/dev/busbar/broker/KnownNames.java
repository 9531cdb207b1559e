package dev.busbar.broker;

import dev.busbar.config.Suggestions;
import java.util.Collection;
import java.util.Set;

/**
 * Holds names of queues and exchanges that exist, or that the configuration has, to tell of a missing one which was
 * probably meant.
 */
public record KnownNames(Set<String> queues, Set<String> exchanges) {

    /** Holds no names. */
    public static final KnownNames NONE = new KnownNames(Set.of(), Set.of());

    /** How many names are compared at most, because that takes time on an event loop. */
    private static final int MAX_COMPARED = 5_000;

    public KnownNames {
        queues = Set.copyOf(queues);
        exchanges = Set.copyOf(exchanges);
    }

    /** Returns the one name that is near the missing one, or nothing. */
    public static Set<String> near(String missing, Collection<String> names) {
        return Suggestions.near(
                        missing,
                        names.stream()
                                .limit(MAX_COMPARED)
                                .filter(it -> !it.equals(missing) && !it.isEmpty())
                                .toList())
                .map(Set::of)
                .orElse(Set.of());
    }

    /**
     * Returns a sentence that names the queue that was probably meant, with a space before it; empty if none is near.
     */
    String nearQueue(String missing) {
        return suggestion(missing, queues);
    }

    /** Returns such a sentence for an exchange. */
    String nearExchange(String missing) {
        return suggestion(missing, exchanges);
    }

    /** Returns a sentence that names the one name that is near, with a space before it; empty if none is. */
    public static String suggestion(String missing, Collection<String> names) {
        return near(missing, names).stream()
                .map(it -> " Did you mean '" + it + "'?")
                .findFirst()
                .orElse("");
    }
}
