package dev.busbar.deadletter;

import java.util.List;

/** Which messages of a queue are meant. */
public sealed interface Selection {

    /** The first so many of those that are there at the beginning. */
    record First(int most) implements Selection {}

    /** Those of these tokens; of messages alike as many as a token is there. */
    record Of(List<String> tokens) implements Selection {
        public Of {
            tokens = List.copyOf(tokens);
        }
    }
}
