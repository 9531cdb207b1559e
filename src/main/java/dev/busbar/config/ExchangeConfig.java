package dev.busbar.config;

import java.util.Map;

/**
 * An exchange.
 *
 * @param type {@code null} is taken for the type of a predefined exchange, else for {@code topic}
 * @param declare whether Busbar declares the exchange; the others of these properties are compared only then
 * @param arguments texts, booleans, {@code Integer}s, {@code Long}s that no {@code Integer} holds, {@code Double}s,
 *     lists and maps of them; other whole numbers are turned into these
 */
@ConfigSection(
        title = "Exchange",
        intro = "Busbar reports an exchange that exists with other properties and does not change it."
                + " Busbar never deletes an exchange. What belongs to others is used with `declare: passive` or"
                + " `declare: false`: see [Beside an existing broker](existing-broker.md).",
        shorthand = "name")
public record ExchangeConfig(
        @ConfigKey(
                text = TextKind.EXCHANGE,
                byDefault = "busbar",
                doc = "The name of the exchange. `\"\"` is the default exchange, which routes by queue name."
                        + " Busbar declares neither the default exchange nor those whose names begin with `amq.`.")
        String name,

        @ConfigKey(
                text = TextKind.EXCHANGE_TYPE,
                whenAbsent = "`topic`, except where the name says otherwise: `\"\"`, `amq.direct`, …",
                doc = "How the exchange routes. Filters with wildcards need `topic`.")
        String type,

        @ConfigKey(byDefault = "true", doc = "Whether the exchange survives a restart of the broker.")
        boolean durable,

        @ConfigKey(
                byDefault = "false",
                doc = "Whether the broker deletes the exchange when the last queue or exchange that was bound to it is"
                        + " gone. RabbitMQ and Broker-J have that; an address of Artemis does not.")
        boolean autoDelete,

        @ConfigKey(
                byDefault = "false",
                doc = "Whether only other exchanges publish to the exchange, by bindings. An outbound route cannot."
                        + " Only RabbitMQ has that.")
        boolean internal,

        @ConfigKey(
                byDefault = "true",
                doc = "Whether Busbar declares the exchange. `passive`: Busbar only looks whether it exists, whatever"
                        + " its type and properties, and a route is down until it does; `false`: Busbar asks nothing."
                        + " Neither needs the permission to configure it. A queue of the route's own is bound to it"
                        + " all the same.")
        Declaration declare,

        @ConfigKey(doc = "Arguments for the broker when the exchange is declared.")
        Map<String, Object> arguments) {

    public ExchangeConfig {
        arguments = Arguments.copyOf(arguments);
        type = type == null ? typeOf(name) : type;
        RecordSection.check(ExchangeConfig.class, name, type, durable, autoDelete, internal, declare, arguments);
    }

    /** Makes an exchange that Busbar declares, and that neither its bindings nor their absence affect. */
    public ExchangeConfig(String name, String type, boolean durable, Map<String, Object> arguments) {
        this(name, type, durable, false, false, Declaration.TRUE, arguments);
    }

    private static String typeOf(String name) {
        return switch (name) {
            case "", "amq.direct" -> "direct";
            case "amq.fanout" -> "fanout";
            case "amq.headers", "amq.match" -> "headers";
            default -> "topic";
        };
    }

    /** Whether every broker has the exchange: the default one and those whose names begin with {@code amq.}. */
    public boolean isPredefined() {
        return name.isEmpty() || name.startsWith("amq.");
    }

    /**
     * Whether an exchange of that name can be what addresses begin with where a broker has addresses instead of
     * exchanges: it is empty, or ends with a separator, so that {@code busbar} is not run together with a key.
     */
    public static boolean isAddressPrefix(String name) {
        return name.isEmpty() || !Character.isLetterOrDigit(name.codePointBefore(name.length()));
    }

    /** Whether Busbar declares the exchange. */
    public boolean isDeclared() {
        return !isPredefined() && declare == Declaration.TRUE;
    }

    /** Whether Busbar looks for the exchange instead of declaring it. */
    public boolean isAwaited() {
        return !isPredefined() && declare == Declaration.PASSIVE;
    }
}
