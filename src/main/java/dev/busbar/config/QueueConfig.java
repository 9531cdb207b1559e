package dev.busbar.config;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * The queue of an inbound route.
 *
 * @param name {@code null} if the broker names the queue, which has to be transient then
 * @param life {@code null} is taken for {@code TRANSIENT} without a name, else for {@code PERSISTENT}
 * @param durable {@code null} is taken for {@code false} if the queue is transient, else for {@code true}
 * @param autoDelete {@code null} is taken for {@code true} if the queue is transient, else for {@code false}
 * @param exclusive as {@code autoDelete}
 * @param declare {@code null} if the route decides: see {@link InboundRoute#isOfOthers()}
 * @param arguments as those of an {@link ExchangeConfig}; without {@code x-queue-type}
 */
@ConfigSection(
        title = "Queue",
        intro = "Busbar reports a queue that exists with other properties and does not change it.",
        shorthand = "name")
public record QueueConfig(
        @ConfigKey(
                text = TextKind.QUEUE,
                whenAbsent = "the broker chooses one",
                doc = "The name of the queue, required unless the queue is `transient`. `{node}` in it stands"
                        + " for the name of the node, `cluster.node`, so that each node has a queue of its own.")
        String name,

        @ConfigKey(
                whenAbsent = "`persistent` with a name, else `transient`",
                doc = "How long the queue lives. `transient`: exclusive, deleted with the connection."
                        + " `until-stop`: durable, deleted at a clean stop, kept through a crash. `persistent`:"
                        + " durable, deleted only on request. `durable`, `autoDelete` and `exclusive` change what of"
                        + " that the broker sees to.")
        QueueLife life,

        @ConfigKey(
                byDefault = "classic",
                doc = "The type of the queue. `quorum` and `stream` are RabbitMQ's and must be durable. Reading"
                        + " a `stream` removes nothing: a route begins where the argument `x-stream-offset` says, and"
                        + " after a restart goes on where it was: see [Brokers](brokers.md#streams). A `quorum` queue"
                        + " keeps a message however often it returns, unless the argument `x-delivery-limit` or a"
                        + " policy limits that: see [Brokers](brokers.md#quorum-queues).")
        QueueType type,

        @ConfigKey(
                whenAbsent = "`true`, or `false` if the queue is `transient`",
                doc = "Whether the queue survives a restart of the broker. Without that its messages are lost then."
                        + " RabbitMQ deprecates queues that are neither durable nor `exclusive`, and may be configured to"
                        + " refuse them.")
        Boolean durable,

        @ConfigKey(
                whenAbsent = "`false`, or `true` if the queue is `transient`",
                doc = "Whether the broker deletes the queue with its last consumer, and the messages in it. Only a"
                        + " `transient` queue may be that; with `exclusive: false` several consumers share it until the"
                        + " last one is gone.")
        Boolean autoDelete,

        @ConfigKey(
                whenAbsent = "`false`, or `true` if the queue is `transient`",
                doc =
                        "Whether only the connection that declares the queue may use it, with which the broker deletes the"
                                + " queue. Only a `transient` queue may be that. A queue that stays is kept from other consumers by"
                                + " `from.consumer.exclusive`.")
        Boolean exclusive,

        @ConfigKey(
                whenAbsent = "`true`; `passive` for a `persistent` queue of a route without a filter",
                doc = "Whether Busbar declares the queue. `passive`: Busbar only looks whether it exists, and the"
                        + " route is down until it does; `false`: Busbar asks nothing before it consumes. With both"
                        + " the queue belongs to others: Busbar declares, binds and deletes nothing, compares nothing,"
                        + " and needs only the permission to read. Then `type` and `arguments` say what Busbar has to"
                        + " know of it, e.g. `stream` or `x-stream-offset`.")
        Declaration declare,

        @ConfigKey(
                doc = "Arguments for the broker when the queue is declared. Busbar checks those that RabbitMQ"
                        + " defines; their numbers and booleans may be text, as from the environment.")
        Map<String, Object> arguments) {

    /** Stands for the name of the node in the name of a queue. */
    static final String NODE = "{node}";

    private static final String DEAD_LETTER_EXCHANGE_ARGUMENT = "x-dead-letter-exchange";
    private static final String DEAD_LETTER_KEY_ARGUMENT = "x-dead-letter-routing-key";
    private static final String DELAYED_RETRY_ARGUMENT = "x-delayed-retry-type";
    /** The values of that argument with which failed messages wait. */
    private static final Set<String> DELAYED_RETRY_OF_FAILED = Set.of("all", "failed");

    public QueueConfig {
        arguments = Arguments.copyOf(arguments);
        RecordSection.check(QueueConfig.class, name, life, type, durable, autoDelete, exclusive, declare, arguments);
        life = life != null ? life : name == null ? QueueLife.TRANSIENT : QueueLife.PERSISTENT;
        String written = declare == null ? null : Types.kebab(declare);
        boolean lasting = life != QueueLife.TRANSIENT;
        durable = durable != null ? durable : lasting;
        autoDelete = autoDelete != null ? autoDelete : !lasting;
        exclusive = exclusive != null ? exclusive : !lasting;
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
                        "is a type of queue that is always durable, but this queue is transient",
                        "Set life to persistent or until-stop, or type to classic",
                        "life",
                        "name")
                .unless(
                        !arguments.containsKey("x-queue-type"),
                        "arguments.x-queue-type",
                        arguments.get("x-queue-type"),
                        "is set by a key of its own",
                        "Remove it, and set type beside arguments")
                .unless(
                        !isOfOthers(declare) || name != null,
                        "declare",
                        written,
                        "is for a queue that exists, and this one has no name",
                        "Add the name, or remove declare",
                        "name")
                .unless(
                        !isOfOthers(declare) || name == null || life == QueueLife.PERSISTENT,
                        "declare",
                        written,
                        "leaves the queue to others, who decide how long it lives, and life says " + Types.kebab(life),
                        "Remove life or declare",
                        "life")
                .raise();
        QueueFlagRules.check(name, life, type, durable, autoDelete, exclusive, isOfOthers(declare));
    }

    /** Makes a queue that is durable, deleted with its last consumer and exclusive as its life has it. */
    public QueueConfig(
            String name, QueueLife life, QueueType type, Declaration declare, Map<String, Object> arguments) {
        this(name, life, type, null, null, null, declare, arguments);
    }

    /** Makes a queue with the flags that its life has; the route decides whether Busbar declares it. */
    public QueueConfig(String name, QueueLife life, QueueType type, Map<String, Object> arguments) {
        this(name, life, type, null, arguments);
    }

    private static boolean isOfOthers(Declaration declare) {
        return declare == Declaration.PASSIVE || declare == Declaration.FALSE;
    }

    /** Whether the configuration says that the queue belongs to others, who declare, bind and delete it. */
    public boolean isOfOthers() {
        return isOfOthers(declare);
    }

    /** Whether each node has a queue of its own, named after the node. */
    public boolean isNamedByNode() {
        return name != null && name.contains(NODE);
    }

    /** Whether RabbitMQ, from 4.3 on, delays and counts the redeliveries of failed messages, as the arguments ask. */
    public boolean delaysRetries() {
        return type == QueueType.QUORUM
                && DELAYED_RETRY_OF_FAILED.contains(String.valueOf(arguments.get(DELAYED_RETRY_ARGUMENT)));
    }

    /** Whether the arguments name an exchange to which RabbitMQ moves what is rejected, expires or exceeds a limit. */
    public boolean hasDeadLetterExchange() {
        return arguments.containsKey(DEAD_LETTER_EXCHANGE_ARGUMENT);
    }

    /** Whether the arguments name the routing key under which RabbitMQ moves them, in place of the one they came by. */
    boolean hasDeadLetterKey() {
        return arguments.containsKey(DEAD_LETTER_KEY_ARGUMENT);
    }

    /** The name of the queue in which messages wait for that long before they return to this one. */
    public String delayed(Duration pause) {
        return name + ".retry." + pause.toMillis();
    }

    /** Whether consumers of several connections may have the queue together. */
    public boolean isShared() {
        return name != null && !exclusive;
    }

    /** Returns the queue as the node of that name has it. */
    public QueueConfig on(String node) {
        return isNamedByNode() ? copy(name.replace(NODE, node), arguments) : this;
    }

    /** Returns the same queue with other arguments. */
    public QueueConfig with(Map<String, Object> others) {
        return copy(name, others);
    }

    private QueueConfig copy(String named, Map<String, Object> others) {
        return new QueueConfig(named, life, type, durable, autoDelete, exclusive, declare, others);
    }

    /** Whether the queue outlives the connection, as any does that is not transient. */
    public boolean outlivesConnection() {
        return life != QueueLife.TRANSIENT;
    }
}
