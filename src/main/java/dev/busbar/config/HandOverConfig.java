package dev.busbar.config;

import java.time.Duration;

/**
 * What may wait for one event loop.
 *
 * @param patience how long a loop that does not keep up may hold the others back
 */
public record HandOverConfig(int messages, long bytes, Duration patience) {

    public HandOverConfig {
        HandOverSection.MESSAGES.check(messages);
        HandOverSection.BYTES.check(bytes);
        HandOverSection.PATIENCE.check(patience);
    }
}
