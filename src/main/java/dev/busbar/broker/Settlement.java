package dev.busbar.broker;

/** The outcome of a delivery. */
public enum Settlement {
    /** Done; the broker forgets the message. */
    ACCEPTED,
    /** Back into the queue, marked as redelivered. */
    REQUEUED,
    /** Back into the queue as one that nobody has looked at, where the broker can tell; else as requeued. */
    RELEASED,
    /** Back into the queue as one that its handler has failed, which the broker may count and delay. */
    FAILED,
    /** Not wanted; the broker dead-letters it if the queue says so, and else forgets it. */
    REJECTED
}
