package dev.busbar.config;

import java.time.Duration;

/** What may wait for one event loop. */
@ConfigSection(
        title = "Handing over",
        intro =
                "Messages are read from the broker on one event loop and handed to those that have listeners. When half of"
                        + " what may wait for a loop does, nothing more is settled, and the prefetch makes the broker wait."
                        + " When patience is over the others go on, and of what waits for the loop that does not keep up the"
                        + " oldest is dropped, counted, and its listeners are told that they have missed something.")
public record HandOverConfig(
        @ConfigKey(range = "2 to 10000000", byDefault = "20000", doc = "How many may wait at most.")
        int messages,

        @ConfigKey(
                range = "2B to 1024GiB",
                byDefault = "64MiB",
                doc = "How many bytes their encoded bodies and headers may have at most.")
        long bytes,

        @ConfigKey(
                range = "0s to 1h",
                byDefault = "1s",
                doc = "How long a loop for which half of that waits may hold the others back.")
        Duration patience) {

    public HandOverConfig {
        RecordSection.check(HandOverConfig.class, messages, bytes, patience);
    }
}
