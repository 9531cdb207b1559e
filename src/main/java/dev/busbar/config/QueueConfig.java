package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * The queue of an inbound route.
 *
 * @param name {@code null} if the broker names it, which only a transient queue allows
 * @param type quorum queues and streams are not transient
 * @param arguments as those of an {@link ExchangeConfig}; without {@code x-queue-type}
 */
public record QueueConfig(String name, QueueLife life, QueueType type, Map<String, Object> arguments) {

    /** In a name it stands for the name of the node. */
    static final String NODE = "{node}";

    private static final String DELAYED_RETRY = "x-delayed-retry-type";
    /** Those of its values by which what has failed waits. */
    private static final Set<String> DELAYS_FAILED = Set.of("all", "failed");

    public QueueConfig {
        QueueSection.NAME.check(name);
        requireNonNull(life, "life");
        requireNonNull(type, "type");
        arguments = Arguments.copyOf(arguments);
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
