package dev.busbar.broker;

/**
 * Holds the numbers of messages and consumers of a queue, as the broker counts them.
 *
 * @param messages that wait in the queue; Broker-J over AMQP 0-9-1 includes those that are delivered and not settled,
 *     other brokers do not
 * @param consumers of the queue
 */
public record QueueDepth(long messages, long consumers) {}
