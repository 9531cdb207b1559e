package dev.busbar.wamp;

/**
 * The outcome of a message that takes part in the handshake.
 *
 * @param next the session's new state; in the state {@link SessionState.Left} the session is closed once the reply is
 *     written
 * @param reply the message to send, or {@code null}
 */
record HandshakeResult(SessionState next, RouterMessage reply) {

    static HandshakeResult abort(WampError reason, String message) {
        return new HandshakeResult(new SessionState.Left(), new RouterMessage.Abort(reason, message));
    }
}
