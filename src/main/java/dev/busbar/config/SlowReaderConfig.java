package dev.busbar.config;

import java.util.List;

/** A policy for some addresses, {@code mq:} filters among them. */
@ConfigSection(title = "Slow readers", intro = "The first entry that has a subscription's address decides.")
public record SlowReaderConfig(
        @ConfigKey(
                text = TextKind.BROWSER_ADDRESS,
                required = true,
                doc = "Which: event bus addresses, and `mq:` filters, which stand for all they cover.")
        List<String> addresses,

        @ConfigKey(required = true, doc = "As `limits.whenSlow`, for subscriptions to these.")
        SlowReader policy) {

    public SlowReaderConfig {
        addresses = List.copyOf(addresses);
        RecordSection.check(SlowReaderConfig.class, addresses, policy);
    }
}
