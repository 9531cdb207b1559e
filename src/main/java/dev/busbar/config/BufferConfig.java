package dev.busbar.config;

/** Where messages wait while the broker is away: bounded in count and in bytes of their encoded bodies. */
@ConfigSection(title = "Buffer", intro = "Where messages wait, in order, while the broker is away or takes none.")
public record BufferConfig(
        @ConfigKey(range = "1 to 10000000", byDefault = "10000", doc = "How many may wait at most.")
        int messages,

        @ConfigKey(
                range = "1B to 1024GiB",
                byDefault = "64MiB",
                doc = "How many bytes their encoded bodies and headers may have at most.")
        long bytes,

        @ConfigKey(
                byDefault = "fail",
                doc =
                        "`fail`: the new message is refused and its sender told; `drop-oldest`: those that have waited longest make"
                                + " room. Both are counted.")
        WhenFull whenFull) {

    public BufferConfig {
        RecordSection.check(BufferConfig.class, messages, bytes, whenFull);
    }
}
