package dev.busbar.broker;

/**
 * Finds the message over which the broker ends a connection: after such an end, lets only one publication at a time
 * onto the connection, of all its publishers, until as many have been answered as were in flight at the end. If the
 * broker ends the connection again, the one in flight is to blame. Confined to the event loop.
 */
public final class PoisonMessageGate {

    private final Runnable onOpen;
    private int inFlight;
    /** How many publications still have to be sent one at a time. */
    private int suspects;

    /** @param onOpen called when another publication may be sent after one had to wait */
    public PoisonMessageGate(Runnable onOpen) {
        this.onOpen = onOpen;
    }

    /** Returns whether a publication may be sent now. */
    public boolean isOpen() {
        return suspects == 0 || inFlight == 0;
    }

    /** Counts a publication that the broker has to answer. */
    public void sent() {
        inFlight++;
    }

    /** Counts the broker's answer to a publication. */
    public void answered() {
        inFlight--;
        if (suspects > 0) {
            suspects--;
            onOpen.run();
        }
    }

    /** Counts a publication that was lost with its channel or connection, and will not be answered. */
    public void lost() {
        inFlight--;
    }

    /**
     * Suspects all that is in flight, because the broker ends the connection over an error. To be called before
     * {@link #lost()} is called for it.
     */
    public void connectionEnded() {
        suspects = Math.max(suspects, inFlight);
    }
}
