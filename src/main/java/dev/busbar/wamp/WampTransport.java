package dev.busbar.wamp;

import dev.busbar.socket.ReadHold;

/** Sends messages to one client. Confined to the event loop of the client's socket. */
interface WampTransport extends ReadHold {

    /** Sends a message; messages and events are written in the order of the calls. */
    void send(String message);

    /**
     * Sends an EVENT, in the order of all that is written.
     *
     * @param head the beginning of the EVENT, in UTF-8, of this subscription only
     * @param rest what follows, in UTF-8, the same for all sessions
     * @param mayDelay whether the EVENT may wait some milliseconds, to be written together with others
     */
    void event(byte[] head, byte[] rest, boolean mayDelay);

    /** Whether less than half of the permitted bytes wait to be written, so that more events may be sent. */
    boolean hasRoom();

    /** Calls the action once, when there is room again; never if the client has stopped reading. */
    void whenRoom(Runnable action);

    /** Closes the socket with the code for a normal end, after everything sent before has been written. */
    void close(String reason);
}
