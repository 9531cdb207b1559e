package dev.busbar.broker;

/** The outcome of a delivery. */
public enum Settlement {
    /** Done; the broker forgets the message. */
    ACCEPTED,
    /** Back into the queue, marked as redelivered. */
    REQUEUED,
    /** Not wanted; the broker dead-letters it if the queue says so, and else forgets it. */
    REJECTED
}
