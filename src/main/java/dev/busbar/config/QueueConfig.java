package dev.busbar.config;

import java.util.Map;

/**
 * The queue of an inbound route.
 *
 * @param name {@code null} if the broker names it, which only a transient queue allows
 */
public record QueueConfig(String name, QueueLife life, QueueType type, Map<String, Object> arguments) {

    public QueueConfig {
        arguments = Map.copyOf(arguments);
    }
}
