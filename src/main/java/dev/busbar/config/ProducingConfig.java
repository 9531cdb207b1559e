package dev.busbar.config;

import java.time.Duration;

/** What is produced at run time. */
@ConfigSection(
        title = "Producing",
        intro = "The messages of all producers of a node wait, in order, until the broker has confirmed" + " them.")
public record ProducingConfig(
        @ConfigKey(
                range = "1 to 10000000",
                byDefault = "10000",
                doc = "How many messages may be unconfirmed or wait for the broker; further ones are refused"
                        + " and their producers told.")
        int messages,

        @ConfigKey(
                range = "1B to 1024GiB",
                byDefault = "64MiB",
                doc = "How many bytes the encoded bodies and headers of the waiting messages may have together.")
        long bytes,

        @ConfigKey(range = "1 to 65535", byDefault = "1000", doc = "How many messages may be unconfirmed at a time.")
        int inFlight,

        @ConfigKey(
                range = "1ms to 24h",
                byDefault = "30s",
                doc = "How long a message may wait for the broker's confirmation, or for the consumer's answer.")
        Duration timeout) {

    public ProducingConfig {
        RecordSection.check(ProducingConfig.class, messages, bytes, inFlight, timeout);
    }
}
