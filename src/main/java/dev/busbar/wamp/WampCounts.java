package dev.busbar.wamp;

/**
 * The counts of all WAMP sessions of this node since it started.
 *
 * @param sockets sockets connected now
 * @param refused sockets refused because there were too many
 * @param published events that clients have published
 * @param failed published events that were refused here or not taken by the broker
 * @param events events sent to clients
 * @param tooSlow sockets closed because the client did not read
 * @param unreadable messages in durable queues of masters that were dropped because they could not be decoded
 * @param invalid client messages that broke the protocol and were ignored
 */
public record WampCounts(
        long sockets,
        long refused,
        long published,
        long failed,
        long events,
        long tooSlow,
        long unreadable,
        long invalid) {}
