package dev.busbar.config;

import java.time.Duration;

/** The message queue on the event bus. */
@ConfigSection(
        title = "Control",
        intro = "The `MessageQueue` on the event bus, at the address `busbar.mq`, for code in any" + " language.")
public record ControlConfig(
        @ConfigKey(
                byDefault = "false",
                doc = "Whether this node answers at that address. Everybody who can send on the event bus may"
                        + " then produce and consume everything.")
        boolean enabled,

        @ConfigKey(
                range = "1 to 1000000",
                byDefault = "1000",
                doc = "How many consumers there may be at a time; further ones are refused.")
        int consumers,

        @ConfigKey(
                range = "1ms to 1h",
                byDefault = "30s",
                doc = "How long the handler at a consumer's address may take to answer a message.")
        Duration timeout) {

    public ControlConfig {
        RecordSection.check(ControlConfig.class, enabled, consumers, timeout);
    }
}
