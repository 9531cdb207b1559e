package dev.busbar.config;

import java.util.List;

/** Says what happens to slow readers of some addresses, which may be {@code mq:} filters. */
@ConfigSection(title = "Slow readers", intro = "The first entry with a subscription's address applies.")
public record SlowReaderConfig(
        @ConfigKey(
                text = TextKind.BROWSER_ADDRESS,
                required = true,
                doc = "The addresses: those of the event bus, and `mq:` filters, which stand for all filters"
                        + " within them.")
        List<String> addresses,

        @ConfigKey(required = true, doc = "The policy for subscriptions to these addresses, as in `limits.whenSlow`.")
        SlowReaderPolicy policy) {

    public SlowReaderConfig {
        addresses = List.copyOf(addresses);
        RecordSection.check(SlowReaderConfig.class, addresses, policy);
    }
}
