package dev.busbar.hub;

import java.time.Instant;

/**
 * How a node's hub is.
 *
 * @param consuming whether the broker has the hub's consumer
 * @param since when that last changed
 * @param obstacle why it is not consuming, or why nothing can be published; {@code null} when both work
 * @param received messages taken from the broker
 * @param unreadable messages that could not be decoded, and reached nobody
 * @param interruptions how often messages may have been missed because the connection was lost
 * @param produced messages given to {@link Hub#produce}
 * @param confirmed those the broker has confirmed
 * @param failed those that have failed
 * @param waiting those neither confirmed nor failed yet
 */
public record HubStatus(
        boolean consuming,
        Instant since,
        String obstacle,
        long received,
        long unreadable,
        long interruptions,
        long produced,
        long confirmed,
        long failed,
        int waiting) {}
