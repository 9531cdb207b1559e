package dev.busbar.wamp;

/**
 * What follows from a message that has to do with joining and leaving.
 *
 * @param next the phase from now on; a session that has {@link SessionState.Left} is closed once the reply is written
 * @param reply or {@code null}
 */
record HandshakeResult(SessionState next, RouterMessage reply) {

    static HandshakeResult abort(WampError reason, String message) {
        return new HandshakeResult(new SessionState.Left(), new RouterMessage.Abort(reason, message));
    }
}
