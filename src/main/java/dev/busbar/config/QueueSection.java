package dev.busbar.config;

import java.util.List;
import java.util.Map;

final class QueueSection {

    static final Key<String> NAME = Key.optional(
            "name",
            Names.QUEUE,
            "the broker chooses one",
            "Required unless the queue is `transient`."
                    + " `{node}` in it is the name of the node, `cluster.node`: so each has a queue of its own.");
    static final Key<QueueLife> LIFE = Key.optional(
            "life",
            Types.choice(QueueLife.class),
            "`persistent` with a name, else `transient`",
            "`transient`: exclusive, gone with the connection. `until-stop`: durable, deleted at a clean stop, kept"
                    + " through a crash. `persistent`: durable, deleted only on request.");
    static final Key<QueueType> KIND = Key.of(
            "type",
            Types.choice(QueueType.class),
            QueueType.CLASSIC,
            "`quorum` and `stream` are RabbitMQ's and must be durable. Reading a `stream` removes nothing: it begins"
                    + " where the argument `x-stream-offset` says, and goes on where it was: see"
                    + " [Brokers](brokers.md#streams). A `quorum` queue keeps a message however often it comes back, unless the argument"
                    + " `x-delivery-limit` or a policy says otherwise: see [Brokers](brokers.md#quorum-queues).");
    static final Key<Map<String, Object>> ARGUMENTS = Key.of(
            "arguments",
            Arguments.TYPE,
            Map.of(),
            "Passed to the broker when it is declared. Numbers and booleans of RabbitMQ's own arguments may be"
                    + " text, as from the environment, and are checked.");

    static final Section<QueueConfig> TYPE = new Section<>(
            "Queue",
            "A queue that exists with other properties is reported, not changed.",
            List.of(
                    NAME.from(QueueConfig::name),
                    LIFE.from(QueueConfig::life),
                    KIND.from(QueueConfig::type),
                    ARGUMENTS.from(QueueConfig::arguments)),
            NAME,
            it -> new QueueConfig(it.get(NAME), life(it.get(LIFE), it.get(NAME)), it.get(KIND), it.get(ARGUMENTS)));

    static final QueueConfig DEFAULT = new QueueConfig(null, QueueLife.TRANSIENT, QueueType.CLASSIC, Map.of());

    private QueueSection() {}

    private static QueueLife life(QueueLife given, String name) {
        return given != null ? given : name == null ? QueueLife.TRANSIENT : QueueLife.PERSISTENT;
    }
}
