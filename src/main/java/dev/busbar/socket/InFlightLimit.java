package dev.busbar.socket;

/**
 * Counts the requests that a client has in flight, and stops reading from the client while the count is at its limit.
 * Confined to the event loop of the client's socket.
 */
public final class InFlightLimit {

    private final ReadHold reading;
    private final int limit;
    private int inFlight;

    public InFlightLimit(ReadHold reading, int limit) {
        this.reading = reading;
        this.limit = limit;
    }

    public void begin() {
        if (++inFlight == limit) {
            reading.hold();
        }
    }

    public void end() {
        if (inFlight-- == limit) {
            reading.release();
        }
    }
}
