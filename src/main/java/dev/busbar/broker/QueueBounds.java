package dev.busbar.broker;

import java.time.Duration;
import java.util.Map;

/**
 * What a queue keeps at most of what nobody takes; the oldest messages make room.
 *
 * @param messages so many
 * @param bytes so many in their bodies
 * @param age none that has waited for longer
 */
public record QueueBounds(int messages, long bytes, Duration age) {

    public QueueBounds {
        if (messages < 1 || bytes < 1 || age.toMillis() < 1) {
            throw new IllegalArgumentException("a queue keeps at least one message of a byte for a millisecond, not "
                    + messages + " of " + bytes + " for " + age);
        }
    }

    /** As arguments of RabbitMQ's, which deletes a queue that nobody has consumed for so long, too. */
    public Map<String, Object> forRabbitMq() {
        var millis = age.toMillis();
        return Map.of(
                "x-max-length", messages, "x-max-length-bytes", bytes, "x-message-ttl", millis, "x-expires", millis);
    }

    /** As attributes of Broker-J's. */
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
