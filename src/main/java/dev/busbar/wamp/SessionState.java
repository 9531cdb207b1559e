package dev.busbar.wamp;

/** The state of a session, from its first message to its last. */
sealed interface SessionState {

    /** The client has sent nothing yet. */
    record Opening() implements SessionState {}

    /**
     * The client has been sent a CHALLENGE.
     *
     * @param claimed who the client says it is
     * @param expected the signature that proves it; {@code null} if there is no such user
     */
    record Challenged(Principal claimed, String expected) implements SessionState {}

    record Joined(Principal principal) implements SessionState {}

    /** The session is over: nothing more is read or sent. */
    record Left() implements SessionState {}
}
