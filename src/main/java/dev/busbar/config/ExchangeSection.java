package dev.busbar.config;

import java.util.List;
import java.util.Map;

final class ExchangeSection {

    static final Key<String> NAME = Key.of(
            "name",
            Names.shortString(""),
            "busbar",
            "`\"\"` is the default exchange, which routes by queue name. The default exchange and those whose names begin"
                    + " with `amq.` are used, not declared.");
    static final Key<String> KIND = Key.optional(
            "type",
            Types.text(
                    "`topic`, `direct`, `fanout`, `headers`, or a plugin's `x-…`",
                    "topic",
                    it -> it.matches("topic|direct|fanout|headers|x-[!-~]+"),
                    "is not an exchange type",
                    "Write topic, direct, fanout, headers, or a plugin's type, which begins with x-"),
            "`topic`, except where the name says otherwise: `\"\"`, `amq.direct`, …",
            "How it routes. Filters with wildcards need `topic`.");
    static final Key<Boolean> DURABLE =
            Key.of("durable", Types.BOOLEAN, true, "Whether it survives a restart of the broker.");
    static final Key<Map<String, Object>> ARGUMENTS =
            Key.of("arguments", Arguments.TYPE, Map.of(), "Passed to the broker when it is declared.");

    static final Section<ExchangeConfig> TYPE = new Section<>(
            "Exchange",
            "What exists on the broker with other properties is reported, not changed. Busbar"
                    + " never deletes an exchange.",
            List.of(
                    NAME.from(ExchangeConfig::name),
                    KIND.from(ExchangeConfig::type),
                    DURABLE.from(ExchangeConfig::durable),
                    ARGUMENTS.from(ExchangeConfig::arguments)),
            NAME,
            it -> new ExchangeConfig(
                    it.get(NAME),
                    it.get(KIND) == null ? kind(it.get(NAME)) : it.get(KIND),
                    it.get(DURABLE),
                    it.get(ARGUMENTS)));

    static final ExchangeConfig DEFAULT = new ExchangeConfig(NAME.fallback(), "topic", true, Map.of());

    private ExchangeSection() {}

    private static String kind(String name) {
        return switch (name) {
            case "", "amq.direct" -> "direct";
            case "amq.fanout" -> "fanout";
            case "amq.headers", "amq.match" -> "headers";
            default -> "topic";
        };
    }
}
