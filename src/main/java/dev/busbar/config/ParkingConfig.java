package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is kept for Buildbot masters that are down. */
@ConfigSection(
        title = "Parking for Buildbot masters",
        intro = "Messages that arrive while a master is down wait in a queue, `busbar.wamp.…`, and are"
                + " sent to the master once it has subscribed again. The broker keeps the bounds, as arguments"
                + " of the queues in RabbitMQ's or Broker-J's terms. Other brokers need `arguments` of their"
                + " own; Busbar does not start with a broker that refuses them.")
public record ParkingConfig(
        @ConfigKey(
                byDefault = {
                    "changes.*.new",
                    "buildrequests.*.new",
                    "buildrequests.*.unclaimed",
                    "buildrequests.*.complete",
                    "control.buildrequests.*.cancel"
                },
                doc = "The subscriptions of masters that have a durable queue: those with exactly one of these"
                        + " filters. `[]` for none.")
        List<TopicFilter> filters,

        @ConfigKey(
                byDefault = "false",
                doc = "Whether the queue also stays after a clean stop of the master, and not only when its"
                        + " connection is lost.")
        boolean afterStop,

        @ConfigKey(
                range = "1 to 10000000",
                byDefault = "10000",
                doc = "How many messages may wait in one queue; then the oldest are dropped.")
        int messages,

        @ConfigKey(
                range = "1KiB to 1024GiB",
                byDefault = "256MiB",
                doc = "How many bytes the bodies in one queue may have; then the oldest messages are dropped.")
        long bytes,

        @ConfigKey(
                range = "1s to 720h",
                byDefault = "24h",
                doc = "How long a message may wait; older ones are dropped. RabbitMQ also deletes the queue of"
                        + " a master that has been away for longer.")
        Duration age,

        @ConfigKey(
                doc = "Arguments for the broker when a queue is declared, in place of those that keep these"
                        + " bounds: for brokers other than RabbitMQ and Broker-J.")
        Map<String, Object> arguments) {

    public ParkingConfig {
        filters = List.copyOf(filters);
        arguments = Arguments.copyOf(arguments);
        RecordSection.check(ParkingConfig.class, filters, afterStop, messages, bytes, age, arguments);
    }
}
