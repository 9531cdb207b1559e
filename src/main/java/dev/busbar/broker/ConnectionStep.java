package dev.busbar.broker;

import java.time.Duration;

/** The state after an event, and the one thing to do about it. */
public record ConnectionStep(ConnectionState state, Effect effect) {

    /** What the owner of the connection does after a transition. */
    public sealed interface Effect {

        /** Nothing. */
        record None() implements Effect {}

        /** Attempt to connect; answer with {@code Established} or {@code AttemptFailed} of this epoch. */
        record Connect(long epoch) implements Effect {}

        /** Wait, then answer with {@code RetryDue} of this epoch. */
        record Schedule(long epoch, Duration delay) implements Effect {}

        /** Wait, then answer with {@code Lasted} of this epoch. */
        record Prove(long epoch, Duration time) implements Effect {}

        /** Close the connection of this epoch, if there is one, and answer with {@code Disconnected}. */
        record Disconnect(long epoch) implements Effect {}

        /** Close a connection that came too late, and answer with nothing. */
        record Discard(long epoch) implements Effect {}
    }
}
