package dev.busbar.wamp;

/**
 * What follows from a message that has to do with joining and leaving.
 *
 * @param next the phase from now on; a session that has {@link Phase.Left} is closed once the reply is written
 * @param reply or {@code null}
 */
record Step(Phase next, RouterMessage reply) {

    static Step abort(WampError reason, String message) {
        return new Step(new Phase.Left(), new RouterMessage.Abort(reason, message));
    }
}
