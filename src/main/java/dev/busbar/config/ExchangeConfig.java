package dev.busbar.config;

import java.util.Map;

/**
 * An exchange.
 *
 * @param type {@code null} is taken for the type of a predefined exchange, else for {@code topic}
 * @param arguments texts, booleans, {@code Integer}s, {@code Long}s that no {@code Integer} holds, {@code Double}s,
 *     lists and maps of them; other whole numbers are turned into these
 */
@ConfigSection(
        title = "Exchange",
        intro = "Busbar reports an exchange that exists with other properties and does not change it."
                + " Busbar never deletes an exchange.",
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

        @ConfigKey(doc = "Arguments for the broker when the exchange is declared.")
        Map<String, Object> arguments) {

    public ExchangeConfig {
        arguments = Arguments.copyOf(arguments);
        type = type == null ? typeOf(name) : type;
        RecordSection.check(ExchangeConfig.class, name, type, durable, arguments);
    }

    private static String typeOf(String name) {
        return switch (name) {
            case "", "amq.direct" -> "direct";
            case "amq.fanout" -> "fanout";
            case "amq.headers", "amq.match" -> "headers";
            default -> "topic";
        };
    }

    /** Whether Busbar declares the exchange: neither the default one nor those whose names begin with {@code amq.}. */
    public boolean isDeclared() {
        return !name.isEmpty() && !name.startsWith("amq.");
    }
}
