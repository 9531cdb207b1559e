package dev.busbar.hub;

import dev.busbar.topic.TopicFilter;
import java.time.Instant;

/**
 * How one filter of this node is.
 *
 * @param listeners how many listen; none while its binding waits to be removed
 * @param bound whether the broker has confirmed the binding
 * @param since when it was first listened to
 * @param received messages that matched it
 * @param delivered calls of listeners
 * @param dropped messages that event loops which did not keep up have missed, one for each loop
 * @param failed calls of listeners that threw
 * @param kept messages kept for replay
 */
public record FilterStatus(
        TopicFilter filter,
        int listeners,
        boolean bound,
        Instant since,
        long received,
        long delivered,
        long dropped,
        long failed,
        int kept) {}
