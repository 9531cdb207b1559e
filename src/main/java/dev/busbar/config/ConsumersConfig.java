package dev.busbar.config;

/** How many messages may wait for one consumer that is not persistent. */
@ConfigSection(
        title = "Consumers",
        intro = "Messages wait while the handler is busy with an earlier one. When there is no more room,"
                + " the oldest message is dropped and counted.")
public record ConsumersConfig(
        @ConfigKey(range = "1 to 10000000", byDefault = "10000", doc = "How many messages may wait.")
        int messages,

        @ConfigKey(
                range = "1B to 1024GiB",
                byDefault = "16MiB",
                doc = "How many bytes the encoded bodies and headers of the waiting messages may have together.")
        long bytes) {

    public ConsumersConfig {
        RecordSection.check(ConsumersConfig.class, messages, bytes);
    }
}
