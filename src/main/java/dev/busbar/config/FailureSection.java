package dev.busbar.config;

import java.util.List;

final class FailureSection {

    static final Key<Integer> ATTEMPTS = Key.of(
            "attempts", Types.integer(1, 10_000), 5, "How often a message is tried in all, the first time included.");
    static final Key<Backoff> BACKOFF =
            Key.of("backoff", BackoffSection.TYPE, BackoffSection.DEFAULT, "The pauses between the attempts.");
    static final Key<RetryWait> WAIT = Key.of(
            "wait",
            Types.choice(RetryWait.class),
            RetryWait.MEMORY,
            "Where it waits between the attempts. `memory`: with Busbar, holding one place of the prefetch, and"
                    + " beginning with the first attempt after a restart; for short pauses. `broker`: in the broker,"
                    + " which keeps it and the number of its attempts; RabbitMQ only: see"
                    + " [Brokers](brokers.md#retries-that-wait-in-the-broker).");
    static final Key<FailureAction> THEN = Key.of(
            "then",
            Types.choice(FailureAction.class),
            FailureAction.DEAD_LETTER,
            "What becomes of it after the last attempt. `dead-letter`: published to the dead-letter exchange; `park`:"
                    + " set aside in a queue of its own for someone to look at; `drop`: gone, and counted.");

    static final Section<FailurePolicy> TYPE = new Section<>(
            "When a handler fails",
            "A failure is a failed reply, no reply in time, or no handler. Concerns the delivery `request`; the others"
                    + " do not wait for handlers.",
            List.of(
                    ATTEMPTS.from(FailurePolicy::attempts),
                    BACKOFF.from(FailurePolicy::backoff),
                    WAIT.from(FailurePolicy::retryWait),
                    THEN.from(FailurePolicy::then)),
            it -> new FailurePolicy(it.get(ATTEMPTS), it.get(BACKOFF), it.get(WAIT), it.get(THEN)));

    static final FailurePolicy DEFAULT =
            new FailurePolicy(ATTEMPTS.fallback(), BackoffSection.DEFAULT, WAIT.fallback(), THEN.fallback());

    private FailureSection() {}
}
