package dev.busbar.config;

import java.util.Map;

/**
 * An exchange.
 *
 * @param name empty for the default exchange
 * @param type {@code topic}, {@code direct}, {@code fanout}, {@code headers} or a plugin's, which begins with
 *     {@code x-}
 */
public record ExchangeConfig(String name, String type, boolean durable, Map<String, Object> arguments) {

    public ExchangeConfig {
        arguments = Map.copyOf(arguments);
    }

    /** Whether Busbar declares it: not the default exchange, and not those whose names begin with {@code amq.}. */
    public boolean isDeclared() {
        return !name.isEmpty() && !name.startsWith("amq.");
    }
}
