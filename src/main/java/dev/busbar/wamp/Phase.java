package dev.busbar.wamp;

/** How far a session has come. */
sealed interface Phase {

    /** Nothing has been said. */
    record Opening() implements Phase {}

    /** @param expected the signature of whoever knows the secret; {@code null} if there is no such user */
    record Challenged(Member claimed, String expected) implements Phase {}

    record Joined(Member member) implements Phase {}

    /** Nothing more is read or sent. */
    record Left() implements Phase {}
}
