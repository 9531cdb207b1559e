package dev.busbar.testing;

/** A real broker in a process of its own, to be killed, held and started again; what is durable outlives all that. */
public interface FaultyBroker extends AutoCloseable {

    /** Where it is, the same after each start. */
    String uri();

    int port();

    /** With signal 9. */
    void kill();

    /** Again, after a kill; returns when it accepts connections. */
    void start();

    boolean isRunning();

    /** Holds all its threads: connections stay open and nobody answers. */
    void pause();

    void resume();

    @Override
    void close();
}
