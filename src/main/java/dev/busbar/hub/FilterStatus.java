package dev.busbar.hub;

import dev.busbar.topic.TopicFilter;
import java.time.Instant;

/**
 * The status of one filter of this node.
 *
 * @param listeners how many listen; 0 while the binding waits to be removed
 * @param bound whether the broker has confirmed the binding
 * @param since when the first listener came
 * @param received messages that matched the filter
 * @param delivered calls of listeners
 * @param dropped messages dropped because an event loop did not keep up, counted for each loop
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
