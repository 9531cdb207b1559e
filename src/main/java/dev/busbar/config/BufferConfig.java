package dev.busbar.config;

/** The buffer in which messages wait while the broker is away, bounded in count and in bytes. */
@ConfigSection(
        title = "Buffer",
        intro = "Messages wait in the buffer, in order, while the broker is away or accepts none.")
public record BufferConfig(
        @ConfigKey(range = "1 to 10000000", byDefault = "10000", doc = "How many messages may wait.")
        int messages,

        @ConfigKey(
                range = "1B to 1024GiB",
                byDefault = "64MiB",
                doc = "How many bytes the encoded bodies and headers of the waiting messages may have together.")
        long bytes,

        @ConfigKey(
                byDefault = "fail",
                doc = "What happens to a message that finds the buffer full. `fail`: the message is refused and"
                        + " its sender told; `drop-oldest`: the messages that have waited longest are dropped. Both"
                        + " are counted.")
        WhenFull whenFull) {

    public BufferConfig {
        RecordSection.check(BufferConfig.class, messages, bytes, whenFull);
    }
}
