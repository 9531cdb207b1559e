package dev.busbar.broker;

import java.time.Duration;

/**
 * Where a connection stands. The {@code epoch} numbers the connections made over one's life, from 1; what belongs to an
 * earlier epoch is stale.
 */
public sealed interface ConnectionState {

    /** Not asked to connect yet. */
    record Idle() implements ConnectionState {}

    /** An attempt is under way, the {@code attempt}-th since the connection was lost, from 1; the first of all is 0. */
    record Connecting(long epoch, int attempt) implements ConnectionState {}

    /**
     * Usable. {@code attempt} is that of {@link Connecting} until the connection has lasted, and then 0: one that comes
     * up and goes at once is no success.
     */
    record Connected(long epoch, int attempt) implements ConnectionState {}

    /** Waits before attempt {@code attempt + 1}. */
    record Waiting(long epoch, int attempt, Duration delay, Throwable cause) implements ConnectionState {}

    /** Asked to close; {@code epoch} is that of the connection being closed or attempted. */
    record Closing(long epoch) implements ConnectionState {}

    /** Over. {@code cause} is {@code null} after a close on request. */
    record Closed(Throwable cause) implements ConnectionState {}
}
