package dev.busbar.deadletter;

import java.util.List;

/** Selects messages of a queue. */
public sealed interface Selection {

    /** Selects the first messages, at most this many, of those that are in the queue at the beginning. */
    record First(int most) implements Selection {}

    /** Selects messages by their tokens; of equal messages as many as their token is given. */
    record Of(List<String> tokens) implements Selection {
        public Of {
            tokens = List.copyOf(tokens);
        }
    }
}
