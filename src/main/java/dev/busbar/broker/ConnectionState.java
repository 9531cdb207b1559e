package dev.busbar.broker;

import java.time.Duration;

/**
 * Names the states of a connection. The {@code epoch} numbers the connections made over the life of their owner, from
 * 1; an event of an earlier epoch is stale.
 */
public sealed interface ConnectionState {

    /** No connection has been requested yet. */
    record Idle() implements ConnectionState {}

    /**
     * An attempt is under way: the {@code attempt}-th since the connection was lost, from 1; the very first attempt is
     * 0.
     */
    record Connecting(long epoch, int attempt) implements ConnectionState {}

    /**
     * The connection is usable. {@code attempt} is that of {@link Connecting} until the connection has lasted, and then
     * 0: a connection that ends at once is no success.
     */
    record Connected(long epoch, int attempt) implements ConnectionState {}

    /** The owner waits for {@code delay} before attempt {@code attempt + 1}, after the failure {@code cause}. */
    record Waiting(long epoch, int attempt, Duration delay, Throwable cause) implements ConnectionState {}

    /** A close has been requested; {@code epoch} is that of the connection being closed or attempted. */
    record Closing(long epoch) implements ConnectionState {}

    /** The connection is closed for good. {@code cause} is {@code null} after a close on request. */
    record Closed(Throwable cause) implements ConnectionState {}
}
