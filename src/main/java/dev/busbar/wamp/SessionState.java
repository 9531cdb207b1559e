package dev.busbar.wamp;

/** How far a session has come. */
sealed interface SessionState {

    /** Nothing has been said. */
    record Opening() implements SessionState {}

    /** @param expected the signature of whoever knows the secret; {@code null} if there is no such user */
    record Challenged(Principal claimed, String expected) implements SessionState {}

    record Joined(Principal principal) implements SessionState {}

    /** Nothing more is read or sent. */
    record Left() implements SessionState {}
}
