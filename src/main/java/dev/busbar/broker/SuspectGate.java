package dev.busbar.broker;

/**
 * Lets one publication at a time onto a connection, whoever publishes it, after the broker has ended the connection
 * over an error: until as many have been answered as were in flight then. So the message to blame is known when the
 * broker does it again. Confined to the event loop.
 */
public final class SuspectGate {

    private final Runnable opened;
    private int inFlight;
    private int suspects;

    /** @param opened called when another publication may go out, which might not before */
    public SuspectGate(Runnable opened) {
        this.opened = opened;
    }

    public boolean isOpen() {
        return suspects == 0 || inFlight == 0;
    }

    /** A message is in flight that is to be confirmed. */
    public void sent() {
        inFlight++;
    }

    /** The broker has answered it. */
    public void answered() {
        inFlight--;
        if (suspects > 0) {
            suspects--;
            opened.run();
        }
    }

    /** It has been lost with its channel or connection. */
    public void lost() {
        inFlight--;
    }

    /** The broker ends the connection over an error; to be called before what is in flight is lost. */
    public void connectionEnded() {
        suspects = Math.max(suspects, inFlight);
    }
}
