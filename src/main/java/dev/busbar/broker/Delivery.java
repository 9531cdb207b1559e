package dev.busbar.broker;

import dev.busbar.codec.BridgeMessage;

/** A message received and not yet settled. */
public interface Delivery {

    BridgeMessage message();

    /** Why {@link #message()} is not all that was sent, in words for a person; {@code null} when it is. */
    String incomplete();

    /** Whether the broker has delivered it before, to anyone. */
    boolean redelivered();

    /** Whether it can still be settled: not once settled, or once its channel has ended and the broker has it back. */
    boolean live();

    /** Lets go of the content, which may be large: from now on the delivery can be settled, and nothing else. */
    default void forget() {}

    /**
     * Tells the broker the outcome, once; later calls do nothing. A settlement that belongs to an earlier connection is
     * dropped: the broker has the message back already and delivers it again. From any thread; settlements made in one
     * turn of the event loop go out together.
     */
    void settle(Settlement settlement);
}
