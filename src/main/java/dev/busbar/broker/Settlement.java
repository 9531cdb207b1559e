package dev.busbar.broker;

/** Names the outcomes of a delivery. */
public enum Settlement {
    /** The message has been handled; the broker forgets it. */
    ACCEPTED,
    /** The message goes back into the queue, marked as redelivered. */
    REQUEUED,
    /**
     * The message goes back into the queue as one that nobody has looked at, where the broker can tell; else as
     * {@link #REQUEUED}.
     */
    RELEASED,
    /**
     * The message goes back into the queue as one that its handler has failed, which the broker may count and delay.
     */
    FAILED,
    /** The message is not wanted; the broker dead-letters it if the queue says so, and else forgets it. */
    REJECTED
}
