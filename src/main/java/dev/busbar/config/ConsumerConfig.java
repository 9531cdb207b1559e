package dev.busbar.config;

import java.util.Map;

/**
 * The consumer of an inbound route, as the broker knows it. There is no {@code no-local}: RabbitMQ ignores it (see <a
 * href="https://github.com/rabbitmq/rabbitmq-java-client/pull/305">rabbitmq-java-client 305</a>), and other brokers
 * hold back only what came over the consumer's own connection, on which Busbar publishes nothing.
 *
 * @param tag {@code null} if the broker chooses one
 * @param arguments as those of an {@link ExchangeConfig}
 */
@ConfigSection(
        title = "Consumer",
        intro =
                "How a route consumes its queue. Over AMQP 1.0 only RabbitMQ 4 has one of these, `priority`; all else is"
                        + " refused there at the start.")
public record ConsumerConfig(
        @ConfigKey(
                text = TextKind.CONSUMER_TAG,
                whenAbsent = "the broker chooses one",
                doc = "The consumer tag, by which the broker's tools name the consumer.")
        String tag,

        @ConfigKey(
                range = "-1000000 to 1000000",
                byDefault = "0",
                doc = "The priority of the consumer: RabbitMQ gives messages to others only while those of a"
                        + " higher priority take none.")
        int priority,

        @ConfigKey(
                byDefault = "false",
                doc = "Whether nobody else may consume the queue. Others are refused while this consumer lives; a route"
                        + " that finds another consumer is refused itself. That holds for the other instances of the same"
                        + " Busbar too: run one (`--instances 1`), and no other node. In a cluster it is refused, unless"
                        + " each node has a queue of its own.")
        boolean exclusive,

        @ConfigKey(doc = "Further arguments for the broker when consuming begins.")
        Map<String, Object> arguments) {

    /** A consumer that leaves everything to the broker. */
    public static final ConsumerConfig PLAIN = new ConsumerConfig(null, 0, false, Map.of());

    public ConsumerConfig {
        arguments = Arguments.copyOf(arguments);
        RecordSection.check(ConsumerConfig.class, tag, priority, exclusive, arguments);
        new Findings()
                .unless(
                        !arguments.containsKey("x-priority"),
                        "arguments.x-priority",
                        arguments.get("x-priority"),
                        "is set by a key of its own",
                        "Remove it, and set priority beside arguments")
                .unless(
                        !arguments.containsKey("x-stream-offset"),
                        "arguments.x-stream-offset",
                        arguments.get("x-stream-offset"),
                        "is among the arguments of the queue, by which Busbar keeps its position in a stream",
                        "Move it to from.queue.arguments")
                .raise();
    }
}
