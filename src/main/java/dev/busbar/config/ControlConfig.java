package dev.busbar.config;

import java.time.Duration;

/**
 * The message queue on the event bus.
 *
 * @param consumers how many may be consuming at a time
 * @param timeout how long the handler at a consumer's address has for its answer
 */
public record ControlConfig(boolean enabled, int consumers, Duration timeout) {

    public ControlConfig {
        ControlSection.CONSUMERS.check(consumers);
        ControlSection.TIMEOUT.check(timeout);
    }
}
