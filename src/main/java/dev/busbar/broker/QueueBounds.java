package dev.busbar.broker;

import java.time.Duration;
import java.util.Map;

/**
 * Bounds the messages that a queue keeps while nobody takes them; the oldest messages make room.
 *
 * @param messages the number of messages kept at most
 * @param bytes the bytes that the bodies kept may have together
 * @param age the time after which a message is dropped
 */
public record QueueBounds(int messages, long bytes, Duration age) {

    public QueueBounds {
        if (messages < 1 || bytes < 1 || age.toMillis() < 1) {
            throw new IllegalArgumentException("a queue keeps at least one message of a byte for a millisecond, not "
                    + messages + " of " + bytes + " for " + age);
        }
    }

    /**
     * Returns the bounds as queue arguments of RabbitMQ. They also delete a queue that has had no consumer for the time
     * {@code age}.
     */
    public Map<String, Object> forRabbitMq() {
        var millis = age.toMillis();
        return Map.of(
                "x-max-length", messages, "x-max-length-bytes", bytes, "x-message-ttl", millis, "x-expires", millis);
    }

    /** Returns the bounds as queue attributes of Broker-J. */
    public Map<String, Object> forBrokerJ() {
        return Map.of(
                "overflowPolicy",
                "RING",
                "maximumQueueDepthMessages",
                messages,
                "maximumQueueDepthBytes",
                bytes,
                "maximumMessageTtl",
                age.toMillis());
    }
}
