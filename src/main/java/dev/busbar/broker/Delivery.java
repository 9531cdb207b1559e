package dev.busbar.broker;

import dev.busbar.codec.BridgeMessage;

/** Holds a message that was received and is to be settled. */
public interface Delivery {

    /** Returns the message. */
    BridgeMessage message();

    /** Returns why {@link #message()} is not all that was sent, for a person; {@code null} when it is. */
    String incomplete();

    /** Returns whether the broker has delivered the message before, to any consumer. */
    boolean redelivered();

    /**
     * Returns whether the delivery can still be settled: not once it is settled, nor once its channel has ended and the
     * broker has the message back.
     */
    boolean live();

    /** Releases the content, which may be large. From now on the delivery can only be settled. */
    default void forget() {}

    /**
     * Tells the broker the outcome, once; later calls do nothing. A settlement for an earlier connection is dropped:
     * the broker has the message back already and delivers it again. May be called from any thread; settlements made in
     * one turn of the event loop go out together.
     */
    void settle(Settlement settlement);
}
