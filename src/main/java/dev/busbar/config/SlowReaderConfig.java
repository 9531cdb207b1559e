package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** A policy for some addresses, {@code mq:} filters among them. */
public record SlowReaderConfig(List<String> addresses, SlowReader policy) {

    public SlowReaderConfig {
        addresses = List.copyOf(addresses);
        SlowReaderSection.ADDRESSES.check(addresses);
        requireNonNull(policy, "policy");
    }
}
