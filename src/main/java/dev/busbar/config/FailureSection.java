package dev.busbar.config;

import java.util.List;

final class FailureSection {

    static final Key<Integer> ATTEMPTS = Key.of(
            "attempts", Types.integer(1, 10_000), 5, "How often a message is tried in all, the first time included.");
    static final Key<Backoff> BACKOFF =
            Key.of("backoff", BackoffSection.TYPE, BackoffSection.DEFAULT, "The pauses between the attempts.");
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
                    THEN.from(FailurePolicy::then)),
            it -> new FailurePolicy(it.get(ATTEMPTS), it.get(BACKOFF), it.get(THEN)));

    static final FailurePolicy DEFAULT =
            new FailurePolicy(ATTEMPTS.fallback(), BackoffSection.DEFAULT, THEN.fallback());

    private FailureSection() {}
}
