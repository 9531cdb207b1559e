package dev.busbar.broker;

/**
 * Lets one publication at a time onto a connection, whoever publishes it, after the broker has ended the connection
 * over an error. The gate opens again when the broker has answered as many publications as were in flight then. So the
 * message to blame is known when the broker ends the connection again. Confined to the event loop.
 */
public final class SuspectGate {

    private final Runnable onOpened;
    private int inFlight;
    private int suspects;

    /**
     * Makes an open gate.
     *
     * @param opened called when another publication may go out that had to wait before
     */
    public SuspectGate(Runnable onOpened) {
        this.onOpened = onOpened;
    }

    /** Returns whether another publication may go out now. */
    public boolean isOpen() {
        return suspects == 0 || inFlight == 0;
    }

    /** Counts a message that is in flight and is to be confirmed. */
    public void sent() {
        inFlight++;
    }

    /** Notes that the broker has answered a message in flight. */
    public void answered() {
        inFlight--;
        if (suspects > 0) {
            suspects--;
            onOpened.run();
        }
    }

    /** Notes that a message in flight was lost with its channel or connection. */
    public void lost() {
        inFlight--;
    }

    /**
     * Notes that the broker ends the connection over an error. To be called before the messages in flight are
     * {@link #lost}.
     */
    public void connectionEnded() {
        suspects = Math.max(suspects, inFlight);
    }
}
