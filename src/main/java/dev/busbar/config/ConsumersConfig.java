package dev.busbar.config;

/** What may wait for one consumer that is not persistent. */
@ConfigSection(
        title = "Consumers",
        intro =
                "Messages wait here while the handler is busy with the one before. When there is no more room the oldest is"
                        + " dropped and counted.")
public record ConsumersConfig(
        @ConfigKey(range = "1 to 10000000", byDefault = "10000", doc = "How many may wait at most.")
        int messages,

        @ConfigKey(
                range = "1B to 1024GiB",
                byDefault = "16MiB",
                doc = "How many bytes their encoded bodies and headers may have at most.")
        long bytes) {

    public ConsumersConfig {
        RecordSection.check(ConsumersConfig.class, messages, bytes);
    }
}
