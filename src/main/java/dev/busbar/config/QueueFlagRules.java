package dev.busbar.config;

/** Refuses flags of a queue that contradict its life, its type or its owner. */
final class QueueFlagRules {

    private QueueFlagRules() {}

    /** @throws InvalidConfigException naming the flags that contradict the life, the type or the owner of the queue */
    static void check(
            String name,
            QueueLife life,
            QueueType type,
            boolean durable,
            boolean autoDelete,
            boolean exclusive,
            boolean ofOthers) {
        boolean lasting = life != QueueLife.TRANSIENT;
        if (ofOthers) {
            refuseFlagsOfOthers(durable, autoDelete, exclusive);
            return;
        }
        new Findings()
                .unless(
                        !lasting || !autoDelete,
                        "autoDelete",
                        "true",
                        "has the broker delete the queue with its last consumer, and life says " + Types.kebab(life),
                        "Remove it, or set life to transient",
                        "life")
                .unless(
                        !lasting || !exclusive,
                        "exclusive",
                        "true",
                        "has the broker delete the queue with the connection, and life says " + Types.kebab(life),
                        "Set life to transient; or remove it, and set from.consumer.exclusive to keep other consumers"
                                + " away",
                        "life")
                .unless(
                        name != null || exclusive,
                        "exclusive",
                        "false",
                        "is for a queue that others consume too, and this one has no name by which they could",
                        "Add a name, or remove exclusive",
                        "name")
                .unless(
                        lasting || autoDelete || exclusive,
                        "autoDelete",
                        "false",
                        "leaves nothing that deletes the queue, which is transient and not exclusive",
                        "Set life to until-stop or persistent, or remove autoDelete or exclusive",
                        "life",
                        "exclusive")
                .unless(
                        lasting || !durable || !exclusive,
                        "durable",
                        "true",
                        "means nothing to an exclusive queue, which is gone with its connection before the broker restarts",
                        "Remove it, or set exclusive to false or life to until-stop or persistent",
                        "life",
                        "exclusive")
                .unless(
                        !lasting || durable || type == QueueType.CLASSIC,
                        "durable",
                        "false",
                        "cannot be of a queue of type " + Types.kebab(type) + ", which is always durable",
                        "Remove it, or set type to classic",
                        "type")
                .raise();
    }

    private static void refuseFlagsOfOthers(boolean durable, boolean autoDelete, boolean exclusive) {
        String flag = !durable ? "durable" : autoDelete ? "autoDelete" : "exclusive";
        new Findings()
                .unless(
                        durable && !autoDelete && !exclusive,
                        flag,
                        String.valueOf(!flag.equals("durable")),
                        "is for a queue that Busbar declares, and declare leaves this one to others: what it is does not"
                                + " matter",
                        "Remove it, or set declare to true",
                        "declare")
                .raise();
    }
}
