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
     * An attempt is under way.
     *
     * @param epoch of the connection being attempted
     * @param attempt the number of the attempt since the connection was lost, from 1; the very first attempt is 0
     */
    record Connecting(long epoch, int attempt) implements ConnectionState {}

    /**
     * The connection is usable.
     *
     * @param epoch of the connection
     * @param attempt that of {@link Connecting} until the connection has lasted, and then 0: a connection that ends at
     *     once is no success
     */
    record Connected(long epoch, int attempt) implements ConnectionState {}

    /**
     * The owner waits before the next attempt.
     *
     * @param epoch of the connection that was lost or could not be made
     * @param attempt the number of the attempt that failed
     * @param delay until the next attempt
     * @param cause of the failure
     */
    record Waiting(long epoch, int attempt, Duration delay, Throwable cause) implements ConnectionState {}

    /**
     * A close has been requested.
     *
     * @param epoch of the connection being closed or attempted
     */
    record Closing(long epoch) implements ConnectionState {}

    /**
     * The connection is closed for good.
     *
     * @param cause of the failure that closed it; {@code null} after a close on request
     */
    record Closed(Throwable cause) implements ConnectionState {}
}
