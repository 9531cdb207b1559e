package dev.busbar.config;

import java.util.Map;

/**
 * An exchange.
 *
 * @param name empty for the default exchange
 * @param type {@code topic}, {@code direct}, {@code fanout}, {@code headers} or a plugin's, which begins with
 *     {@code x-}
 * @param arguments texts, booleans, {@code Integer}s, {@code Long}s that no {@code Integer} holds, {@code Double}s,
 *     lists and maps of them; other whole numbers are turned into these
 */
public record ExchangeConfig(String name, String type, boolean durable, Map<String, Object> arguments) {

    public ExchangeConfig {
        ExchangeSection.NAME.check(name);
        ExchangeSection.KIND.check(type);
        arguments = Arguments.copyOf(arguments);
    }

    /** Whether Busbar declares it: not the default exchange, and not those whose names begin with {@code amq.}. */
    public boolean isDeclared() {
        return !name.isEmpty() && !name.startsWith("amq.");
    }
}
