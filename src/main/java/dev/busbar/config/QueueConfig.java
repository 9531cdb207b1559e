package dev.busbar.config;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * The queue of an inbound route.
 *
 * @param name {@code null} if the broker names it, which only a transient queue allows
 */
@ConfigSection(
        title = "Queue",
        intro = "A queue that exists with other properties is reported, not changed.",
        shorthand = "name")
public record QueueConfig(
        @ConfigKey(
                text = TextKind.QUEUE,
                whenAbsent = "the broker chooses one",
                doc = "Required unless the queue is `transient`."
                        + " `{node}` in it is the name of the node, `cluster.node`: so each has a queue of its own.")
        String name,

        @ConfigKey(
                whenAbsent = "`persistent` with a name, else `transient`",
                doc =
                        "`transient`: exclusive, gone with the connection. `until-stop`: durable, deleted at a clean stop, kept"
                                + " through a crash. `persistent`: durable, deleted only on request.")
        QueueLife life,

        @ConfigKey(
                byDefault = "classic",
                doc =
                        "`quorum` and `stream` are RabbitMQ's and must be durable. Reading a `stream` removes nothing: it begins"
                                + " where the argument `x-stream-offset` says, and goes on where it was: see"
                                + " [Brokers](brokers.md#streams). A `quorum` queue keeps a message however often it comes back, unless the argument"
                                + " `x-delivery-limit` or a policy says otherwise: see [Brokers](brokers.md#quorum-queues).")
        QueueType type,

        @ConfigKey(
                doc =
                        "Passed to the broker when it is declared. Numbers and booleans of RabbitMQ's own arguments may be"
                                + " text, as from the environment, and are checked.")
        Map<String, Object> arguments) {

    /** In a name it stands for the name of the node. */
    static final String NODE = "{node}";

    private static final String DELAYED_RETRY = "x-delayed-retry-type";
    /** Those of its values by which what has failed waits. */
    private static final Set<String> DELAYS_FAILED = Set.of("all", "failed");

    public QueueConfig {
        arguments = Arguments.copyOf(arguments);
        RecordSection.check(QueueConfig.class, name, life, type, arguments);
        life = life != null ? life : name == null ? QueueLife.TRANSIENT : QueueLife.PERSISTENT;
        boolean lasting = life != QueueLife.TRANSIENT;
        new Findings()
                .unless(
                        name != null || !lasting,
                        "name",
                        null,
                        "is missing, and a queue that is " + Types.kebab(life) + " needs one to be found again",
                        "Add a name, or make the queue transient",
                        "life")
                .unless(
                        type == QueueType.CLASSIC || lasting,
                        "type",
                        Types.kebab(type),
                        "is a kind of queue that is always durable, but this one is transient",
                        "Set life to persistent or until-stop, or type to classic",
                        "life",
                        "name")
                .unless(
                        !arguments.containsKey("x-queue-type"),
                        "arguments.x-queue-type",
                        arguments.get("x-queue-type"),
                        "has a key of its own",
                        "Remove it and set type, beside arguments, instead")
                .raise();
    }

    /** Whether each node has one of its own, named after it. */
    public boolean isNamedByNode() {
        return name != null && name.contains(NODE);
    }

    /** Whether its arguments have RabbitMQ, from 4.3 on, deliver what has failed again after a while, and count. */
    public boolean delaysRetries() {
        return type == QueueType.QUORUM && DELAYS_FAILED.contains(String.valueOf(arguments.get(DELAYED_RETRY)));
    }

    /** The name of the queue in which its messages wait for so long to come back. */
    public String delayed(Duration pause) {
        return name + ".retry." + pause.toMillis();
    }

    /** The same on the node of that name. */
    public QueueConfig on(String node) {
        return isNamedByNode() ? new QueueConfig(name.replace(NODE, node), life, type, arguments) : this;
    }

    /** Whether it outlives the connection. */
    public boolean isDurable() {
        return life != QueueLife.TRANSIENT;
    }
}
