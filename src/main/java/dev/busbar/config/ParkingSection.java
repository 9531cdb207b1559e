package dev.busbar.config;

import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

final class ParkingSection {

    static final Key<List<TopicFilter>> FILTERS = Key.of(
            "filters",
            new ListOf<>(Types.parsed("filter", "changes.*.new", TopicFilter::parse, it -> {}), true),
            Stream.of(
                            "changes.*.new",
                            "buildrequests.*.new",
                            "buildrequests.*.unclaimed",
                            "buildrequests.*.complete",
                            "control.buildrequests.*.cancel")
                    .map(TopicFilter::parse)
                    .toList(),
            "A master's subscription to exactly one of these has a durable queue of its own. `[]` for none.");
    static final Key<Boolean> AFTER_STOP = Key.of(
            "afterStop",
            Types.BOOLEAN,
            false,
            "Whether the queue stays after a clean stop of the master too, and not only when its connection is lost.");
    static final Key<Integer> MESSAGES = Key.of(
            "messages",
            Types.integer(1, 10_000_000),
            10_000,
            "How many messages may wait in one queue; then the oldest make room.");
    static final Key<Long> BYTES = Key.of(
            "bytes", Sizes.between(1024, 1L << 40), 256L << 20, "How many bytes their bodies may have; likewise.");
    static final Key<Duration> AGE = Key.of(
            "age",
            Durations.between(Duration.ofSeconds(1), Duration.ofDays(30)),
            Duration.ofDays(1),
            "Messages that have waited for longer are dropped, and on RabbitMQ the queue of a master that has been away"
                    + " for longer is deleted.");

    static final Key<Map<String, Object>> ARGUMENTS = Key.of(
            "arguments",
            Arguments.TYPE,
            Map.of(),
            "Passed to the broker when a queue is declared, instead of those that keep these bounds: for brokers other than"
                    + " RabbitMQ and Broker-J.");

    static final Section<ParkingConfig> TYPE = new Section<>(
            "Parking for Buildbot masters",
            "What comes while a master is down, to be sent to it once it has subscribed again. The bounds are the broker's"
                    + " to keep, as arguments of the queues, `busbar.wamp.…`: RabbitMQ's or Broker-J's, whichever it is."
                    + " Other brokers need `arguments` of their own; one that refuses them is refused at the start.",
            List.of(
                    FILTERS.from(ParkingConfig::filters),
                    AFTER_STOP.from(ParkingConfig::afterStop),
                    MESSAGES.from(ParkingConfig::messages),
                    BYTES.from(ParkingConfig::bytes),
                    AGE.from(ParkingConfig::age),
                    ARGUMENTS.from(ParkingConfig::arguments)),
            it -> new ParkingConfig(
                    it.get(FILTERS),
                    it.get(AFTER_STOP),
                    it.get(MESSAGES),
                    it.get(BYTES),
                    it.get(AGE),
                    it.get(ARGUMENTS)));

    static final ParkingConfig DEFAULT = new ParkingConfig(
            FILTERS.fallback(), AFTER_STOP.fallback(), MESSAGES.fallback(), BYTES.fallback(), AGE.fallback(), Map.of());

    private ParkingSection() {}
}
