package dev.busbar.config;

/** The kind of a queue, as RabbitMQ's {@code x-queue-type} has it. */
public enum QueueType {
    /** Kept on one node of the broker; the only kind other brokers know. */
    CLASSIC,
    /** Replicated over the nodes of a RabbitMQ cluster. */
    QUORUM,
    /**
     * RabbitMQ's append-only log: reading removes nothing, so a rejected message is not dead-lettered by the broker.
     */
    STREAM
}
