package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is kept for Buildbot masters that are down. */
@ConfigSection(
        title = "Parking for Buildbot masters",
        intro =
                "What comes while a master is down, to be sent to it once it has subscribed again. The bounds are the broker's"
                        + " to keep, as arguments of the queues, `busbar.wamp.…`: RabbitMQ's or Broker-J's, whichever it is."
                        + " Other brokers need `arguments` of their own; one that refuses them is refused at the start.")
public record ParkingConfig(
        @ConfigKey(
                byDefault = {
                    "changes.*.new",
                    "buildrequests.*.new",
                    "buildrequests.*.unclaimed",
                    "buildrequests.*.complete",
                    "control.buildrequests.*.cancel"
                },
                doc = "A master's subscription to exactly one of these has a durable queue of its own. `[]` for none.")
        List<TopicFilter> filters,

        @ConfigKey(
                byDefault = "false",
                doc =
                        "Whether the queue stays after a clean stop of the master too, and not only when its connection is lost.")
        boolean afterStop,

        @ConfigKey(
                range = "1 to 10000000",
                byDefault = "10000",
                doc = "How many messages may wait in one queue; then the oldest make room.")
        int messages,

        @ConfigKey(
                range = "1KiB to 1024GiB",
                byDefault = "256MiB",
                doc = "How many bytes their bodies may have; likewise.")
        long bytes,

        @ConfigKey(
                range = "1s to 720h",
                byDefault = "24h",
                doc =
                        "Messages that have waited for longer are dropped, and on RabbitMQ the queue of a master that has been away"
                                + " for longer is deleted.")
        Duration age,

        @ConfigKey(
                doc =
                        "Passed to the broker when a queue is declared, instead of those that keep these bounds: for brokers other than"
                                + " RabbitMQ and Broker-J.")
        Map<String, Object> arguments) {

    public ParkingConfig {
        filters = List.copyOf(filters);
        arguments = Arguments.copyOf(arguments);
        RecordSection.check(ParkingConfig.class, filters, afterStop, messages, bytes, age, arguments);
    }
}
