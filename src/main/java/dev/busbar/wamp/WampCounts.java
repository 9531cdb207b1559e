package dev.busbar.wamp;

/**
 * The WAMP sessions of this node taken together, those that have left too.
 *
 * @param sockets connected at present
 * @param refused sockets turned away because there were too many
 * @param published events that clients have published
 * @param failed of these, those that were refused or that the broker did not take
 * @param events sent to clients
 * @param tooSlow sockets closed because they did not read
 * @param unreadable messages kept for a master, and dropped because they could not be read
 * @param invalid messages of clients that did not keep to the protocol, and were passed over
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
