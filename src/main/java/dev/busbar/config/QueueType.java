package dev.busbar.config;

/** The kind of a queue, as RabbitMQ's {@code x-queue-type} has it. */
public enum QueueType {
    /** A queue on one node of the broker; the only type of other brokers. */
    CLASSIC,
    /** A queue that is replicated over the nodes of a RabbitMQ cluster. */
    QUORUM,
    /**
     * RabbitMQ's append-only log: reading removes nothing, so a rejected message is not dead-lettered by the broker.
     */
    STREAM
}
