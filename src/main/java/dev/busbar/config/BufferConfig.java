package dev.busbar.config;

import static java.util.Objects.requireNonNull;

/** Where messages wait while the broker is away: bounded in count and in bytes of their encoded bodies. */
public record BufferConfig(int messages, long bytes, WhenFull whenFull) {

    public BufferConfig {
        BufferSection.MESSAGES.check(messages);
        BufferSection.BYTES.check(bytes);
        requireNonNull(whenFull, "whenFull");
    }
}
