package dev.busbar.config;

import java.util.List;

final class PersistentSection {

    static final Key<Integer> PREFETCH = Key.of(
            "prefetch",
            Types.integer(1, 65_535),
            100,
            "How many deliveries of one consumer may be unsettled at a time; its handler gets them one by one."
                    + " Their bytes are not bounded: have it suit the size of the messages.");
    static final Key<FailurePolicy> ON_FAILURE = Key.of(
            "onFailure",
            FailureSection.TYPE,
            FailureSection.DEFAULT,
            "What happens when the handler fails. Those behind the message wait meanwhile, to keep the order.");

    static final Section<PersistentConfig> TYPE = new Section<>(
            "Persistent consumers",
            "At least once: a message is settled when the handler has done with it. The queue is durable, is called"
                    + " `busbar.mq.` and the name, and keeps what comes while nobody consumes it.",
            List.of(PREFETCH.from(PersistentConfig::prefetch), ON_FAILURE.from(PersistentConfig::onFailure)),
            it -> new PersistentConfig(it.get(PREFETCH), it.get(ON_FAILURE)));

    static final PersistentConfig DEFAULT = new PersistentConfig(PREFETCH.fallback(), FailureSection.DEFAULT);

    private PersistentSection() {}
}
