package dev.busbar.config;

import java.time.Duration;

/** What one WAMP session may use of this process. */
@ConfigSection(title = "Limits of WAMP sessions", intro = "What one session may use of this process.")
public record WampLimits(
        @ConfigKey(
                range = "1 to 1000000",
                byDefault = "1000",
                doc = "How many sockets the node accepts at a time; further ones are refused with 503.")
        int sessions,

        @ConfigKey(
                range = "1 to 1000000",
                byDefault = "10000",
                doc = "How many subscriptions one session may have. Buildbot makes one for each build request"
                        + " it waits for.")
        int subscriptions,

        @ConfigKey(
                range = "1 to 100000",
                byDefault = "100",
                doc = "How many publications and subscriptions of one session may wait for the broker;"
                        + " meanwhile Busbar reads nothing from the session, so that further messages wait at the"
                        + " client.")
        int inFlight,

        @ConfigKey(
                name = "message",
                range = "1KiB to 64MiB",
                byDefault = "16MiB",
                doc = "The longest message from a client. A longer one is refused, and the session goes on. The"
                        + " connection of a client that sends twice as much, or has not joined yet, is closed with"
                        + " 1009.")
        long messageBytes,

        @ConfigKey(
                range = "1KiB to 1GiB",
                byDefault = "64MiB",
                doc = "How many bytes may wait for a client that does not read. Busbar then disconnects the"
                        + " client, which must not miss anything without noticing.")
        long queueBytes,

        @ConfigKey(
                range = "1ms to 1h",
                byDefault = "10s",
                doc = "How long a new socket may take to join a session before Busbar closes it.")
        Duration helloTimeout,

        @ConfigKey(
                range = "100ms to 1h",
                byDefault = "60s",
                doc = "How long a socket may be silent before Busbar closes it. Busbar pings each socket twice"
                        + " in this time.")
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
