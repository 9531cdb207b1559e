package dev.busbar.config;

import java.time.Duration;

/** What one WAMP session may take of this process. */
@ConfigSection(title = "Limits of WAMP sessions", intro = "What one of them may take of this process.")
public record WampLimits(
        @ConfigKey(
                range = "1 to 1000000",
                byDefault = "1000",
                doc = "How many sockets the node takes at once; further ones are refused with 503.")
        int sessions,

        @ConfigKey(
                range = "1 to 1000000",
                byDefault = "10000",
                doc =
                        "How many subscriptions one session may have. Buildbot makes one for each build request it waits for.")
        int subscriptions,

        @ConfigKey(
                range = "1 to 100000",
                byDefault = "100",
                doc =
                        "How many publications and subscriptions of one session may wait for the broker; meanwhile nothing is read"
                                + " from it, so that what it sends waits at its end.")
        int inFlight,

        @ConfigKey(
                name = "message",
                range = "1KiB to 64MiB",
                byDefault = "16MiB",
                doc =
                        "The longest message from a client. One that is longer is refused, and the session goes on; the connection of"
                                + " one who sends twice as much, or has not joined yet, is closed with 1009.")
        long messageBytes,

        @ConfigKey(
                range = "1KiB to 1GiB",
                byDefault = "64MiB",
                doc =
                        "How many bytes may wait for a client that does not read; then it is disconnected, for it must not miss"
                                + " anything unknowingly.")
        long queueBytes,

        @ConfigKey(range = "1ms to 1h", byDefault = "10s", doc = "A socket that has no session after this is closed.")
        Duration helloTimeout,

        @ConfigKey(
                range = "100ms to 1h",
                byDefault = "60s",
                doc = "Sockets are pinged twice in this time, and one that has been silent for longer is closed.")
        Duration pingTimeout) {

    public WampLimits {
        RecordSection.check(
                WampLimits.class,
                sessions,
                subscriptions,
                inFlight,
                messageBytes,
                queueBytes,
                helloTimeout,
                pingTimeout);
    }
}
