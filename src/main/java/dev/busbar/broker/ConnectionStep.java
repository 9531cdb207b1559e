package dev.busbar.broker;

import java.time.Duration;

/** Holds the state after an event, and the one thing to do about it. */
public record ConnectionStep(ConnectionState state, Effect effect) {

    /** Names what the owner of the connection does after a transition. */
    public sealed interface Effect {

        /** The owner does nothing. */
        record None() implements Effect {}

        /**
         * The owner attempts to connect, and answers with {@code Established} or {@code AttemptFailed} of this epoch.
         */
        record Connect(long epoch) implements Effect {}

        /** The owner waits for {@code delay}, then answers with {@code RetryDue} of this epoch. */
        record Schedule(long epoch, Duration delay) implements Effect {}

        /** The owner waits for {@code time}, then answers with {@code Lasted} of this epoch. */
        record Prove(long epoch, Duration time) implements Effect {}

        /** The owner closes the connection of this epoch, if there is one, and answers with {@code Disconnected}. */
        record Disconnect(long epoch) implements Effect {}

        /** The owner closes a connection that was established too late, and answers with nothing. */
        record Discard(long epoch) implements Effect {}
    }
}
