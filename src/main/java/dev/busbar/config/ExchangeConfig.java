package dev.busbar.config;

import java.util.Map;

/** An exchange. */
@ConfigSection(
        title = "Exchange",
        intro = "What exists on the broker with other properties is reported, not changed. Busbar"
                + " never deletes an exchange.",
        shorthand = "name")
public record ExchangeConfig(
        @ConfigKey(
                text = TextKind.EXCHANGE,
                byDefault = "busbar",
                doc =
                        "`\"\"` is the default exchange, which routes by queue name. The default exchange and those whose names begin"
                                + " with `amq.` are used, not declared.")
        String name,

        @ConfigKey(
                text = TextKind.EXCHANGE_TYPE,
                whenAbsent = "`topic`, except where the name says otherwise: `\"\"`, `amq.direct`, …",
                doc = "How it routes. Filters with wildcards need `topic`.")
        String type,

        @ConfigKey(byDefault = "true", doc = "Whether it survives a restart of the broker.")
        boolean durable,

        @ConfigKey(doc = "Passed to the broker when it is declared.")
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

    /** Whether Busbar declares it: not the default exchange, and not those whose names begin with {@code amq.}. */
    public boolean isDeclared() {
        return !name.isEmpty() && !name.startsWith("amq.");
    }
}
