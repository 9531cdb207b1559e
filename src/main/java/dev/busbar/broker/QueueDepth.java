package dev.busbar.broker;

/**
 * How a queue stands, as the broker says.
 *
 * @param messages that wait in it; Broker-J over AMQP 0-9-1 counts those that are delivered and not settled too, other
 *     brokers do not
 * @param consumers how many it has
 */
public record QueueDepth(long messages, long consumers) {}
