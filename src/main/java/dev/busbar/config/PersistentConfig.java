package dev.busbar.config;

/** Consumers with a queue of their own. */
@ConfigSection(
        title = "Persistent consumers",
        intro = "At least once: a message is settled when the handler has done with it. The queue is durable, is called"
                + " `busbar.mq.` and the name, and keeps what comes while nobody consumes it.")
public record PersistentConfig(
        @ConfigKey(
                range = "1 to 65535",
                byDefault = "100",
                doc =
                        "How many deliveries of one consumer may be unsettled at a time; its handler gets them one by one."
                                + " Their bytes are not bounded: have it suit the size of the messages.")
        int prefetch,

        @ConfigKey(
                doc =
                        "What happens when the handler fails. Those behind the message wait meanwhile, to keep the order.")
        FailurePolicy onFailure) {

    public PersistentConfig {
        RecordSection.check(PersistentConfig.class, prefetch, onFailure);
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
