package dev.busbar.wamp;

import dev.busbar.socket.ReadHold;

/** The way to one client. On the socket's event loop only. */
interface WampTransport extends ReadHold {

    /** Written in this order. */
    void send(String message);

    /**
     * An EVENT, in the order of all that is written.
     *
     * @param head UTF-8, as is {@code rest}, which is the same for all sessions
     * @param patient whether it may wait some milliseconds for more to be written with it
     */
    void event(byte[] head, byte[] rest, boolean patient);

    /** Whether so little waits to be written that what can wait need not. */
    boolean hasRoom();

    /** Calls it once, when there is room again; never if the client does not read any more. */
    void whenRoom(Runnable work);

    /** Once what has been sent is written, with the close code for a normal end. */
    void close(String reason);
}
