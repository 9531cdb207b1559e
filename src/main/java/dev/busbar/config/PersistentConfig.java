package dev.busbar.config;

import static java.util.Objects.requireNonNull;

/**
 * Consumers with a queue of their own.
 *
 * @param prefetch how many deliveries of one consumer may be unsettled at a time
 */
public record PersistentConfig(int prefetch, FailurePolicy onFailure) {

    public PersistentConfig {
        PersistentSection.PREFETCH.check(prefetch);
        requireNonNull(onFailure, "onFailure");
        new Findings()
                .unless(
                        onFailure.retryWait() == RetryWait.MEMORY,
                        "onFailure.wait",
                        Types.kebab(onFailure.retryWait()),
                        "would have a message come behind those that follow it, and consumers get them in order",
                        "Set it to memory, or use a route")
                .raise();
    }
}
