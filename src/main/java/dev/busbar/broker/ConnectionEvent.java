package dev.busbar.broker;

/** What can happen to a connection. An event that carries an epoch counts only in that epoch. */
public sealed interface ConnectionEvent {

    record OpenRequested() implements ConnectionEvent {}

    record Established(long epoch) implements ConnectionEvent {}

    /** The connection has been up long enough to count as a success. */
    record Lasted(long epoch) implements ConnectionEvent {}

    /** An attempt failed; {@code mayPass} says whether another can succeed without a change of configuration. */
    record AttemptFailed(long epoch, Throwable cause, boolean mayPass) implements ConnectionEvent {}

    record RetryDue(long epoch) implements ConnectionEvent {}

    record Lost(long epoch, Throwable cause) implements ConnectionEvent {}

    record CloseRequested() implements ConnectionEvent {}

    record Disconnected() implements ConnectionEvent {}
}
