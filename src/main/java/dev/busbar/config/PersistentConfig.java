package dev.busbar.config;

/** Consumers with a queue of their own. */
@ConfigSection(
        title = "Persistent consumers",
        intro =
                "Persistent consumers get each message at least once: a message is settled when the"
                        + " handler has completed. The queue is durable, its name is"
                        + " `busbar.mq.NAME@EXCHANGE`, with the consumer's name, and it keeps the messages that arrive while nobody consumes it.")
public record PersistentConfig(
        @ConfigKey(
                range = "1 to 65535",
                byDefault = "100",
                doc = "How many deliveries of one consumer may be unsettled at a time; the handler gets them"
                        + " one by one. Their bytes are not bounded: choose a number that suits the size of the"
                        + " messages.")
        int prefetch,

        @ConfigKey(doc = "What happens when the handler fails. Later messages wait meanwhile, to keep the order.")
        FailurePolicy onFailure) {

    /** The path of the action after the last attempt. */
    static final String THEN = "subscriptions.persistent.onFailure.then";

    public PersistentConfig {
        RecordSection.check(PersistentConfig.class, prefetch, onFailure);
        new Findings()
                .unless(
                        onFailure.retryWait() == RetryWait.MEMORY,
                        "onFailure.wait",
                        Types.kebab(onFailure.retryWait()),
                        "would deliver a message after those that follow it, but consumers get messages in order",
                        "Set it to memory, or use a route")
                .raise();
    }
}
