package dev.busbar.config;

/** What may wait for one consumer that is not persistent. */
public record ConsumersConfig(int messages, long bytes) {

    public ConsumersConfig {
        ConsumersSection.MESSAGES.check(messages);
        ConsumersSection.BYTES.check(bytes);
    }
}
