package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is kept for Buildbot masters that are down.
 *
 * @param filters subscriptions to exactly these have a queue of their own, which stays; empty for none
 * @param afterStop whether it stays after a clean stop too
 * @param messages that may wait for one subscription
 * @param bytes likewise
 * @param age how long they wait
 * @param arguments of the queues, instead of those that keep the bounds; empty for these
 */
public record ParkingConfig(
        List<TopicFilter> filters,
        boolean afterStop,
        int messages,
        long bytes,
        Duration age,
        Map<String, Object> arguments) {

    public ParkingConfig {
        filters = List.copyOf(filters);
        ParkingSection.MESSAGES.check(messages);
        ParkingSection.BYTES.check(bytes);
        ParkingSection.AGE.check(age);
        arguments = Arguments.copyOf(arguments);
    }
}
