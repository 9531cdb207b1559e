package dev.busbar.broker;

/** Names what can happen to a connection. An event that carries an epoch counts only in that epoch. */
public sealed interface ConnectionEvent {

    /** The owner asks for a connection. */
    record OpenRequested() implements ConnectionEvent {}

    /** The attempt of this epoch has connected. */
    record Established(long epoch) implements ConnectionEvent {}

    /** The connection has been up long enough to count as a success. */
    record Lasted(long epoch) implements ConnectionEvent {}

    /**
     * The attempt of this epoch has failed; {@code mayPass} says whether another can succeed without a change of
     * configuration.
     */
    record AttemptFailed(long epoch, Throwable cause, boolean mayPass) implements ConnectionEvent {}

    /** The wait after a failed attempt is over. */
    record RetryDue(long epoch) implements ConnectionEvent {}

    /** The connection of this epoch has ended. */
    record Lost(long epoch, Throwable cause) implements ConnectionEvent {}

    /** The owner asks to close for good. */
    record CloseRequested() implements ConnectionEvent {}

    /** The connection that was to be closed is closed. */
    record Disconnected() implements ConnectionEvent {}
}
