package dev.busbar.config;

import java.time.Duration;

/** What one browser may take of this process. */
@ConfigSection(title = "Limits of browsers", intro = "What one of them may take of this process.")
public record WebLimits(
        @ConfigKey(
                range = "1 to 1000000",
                byDefault = "10000",
                doc =
                        "How many sockets one event loop takes at once, and twice as many HTTP connections, but at least 1,000; further"
                                + " ones are closed.")
        int sockets,

        @ConfigKey(range = "1 to 100000", byDefault = "1000", doc = "How many addresses one socket may listen to.")
        int subscriptions,

        @ConfigKey(
                range = "1 to 100000",
                byDefault = "100",
                doc =
                        "How many of one socket's messages may wait for the broker or a reply; meanwhile no more are read from it."
                                + " What arrives all the same waits, up to 1,000 messages and twice `frame`; a socket that sends"
                                + " more is closed.")
        int inFlight,

        @ConfigKey(
                name = "frame",
                range = "1KiB to 64MiB",
                byDefault = "1MiB",
                doc =
                        "The longest message, and HTTP body, from a browser; the connection of one who sends more is closed.")
        long frameBytes,

        @ConfigKey(
                name = "headers",
                range = "8KiB to 1MiB",
                byDefault = "32KiB",
                doc =
                        "How many bytes the headers of one HTTP request may have together, here, at `/wamp` and on the management"
                                + " port; longer ones are answered with 431. A token has as much room, wherever it is given.")
        long headerBytes,

        @ConfigKey(
                range = "1 to 1000000",
                byDefault = "1000",
                doc = "How many messages wait for a socket that does not read.")
        int queueMessages,

        @ConfigKey(
                range = "1KiB to 1GiB",
                byDefault = "1MiB",
                doc = "How many bytes they may have together; a message longer than that is not for browsers.")
        long queueBytes,

        @ConfigKey(
                byDefault = "drop-oldest",
                doc = "What happens when that queue is full. `drop-oldest`: those that have waited longest make room;"
                        + " `latest-per-key`: a newer message takes the place of a waiting one with the same routing key, and"
                        + " else as `drop-oldest`; `disconnect`: the socket is closed. All are counted.")
        SlowReader whenSlow,

        @ConfigKey(
                range = "1s to 1h",
                byDefault = "90s",
                doc =
                        "A socket silent for longer is closed. Browsers slow the pings of hidden tabs down to one a minute.")
        Duration pingTimeout,

        @ConfigKey(
                range = "1s to 1h",
                byDefault = "30s",
                doc =
                        "How long it may take from a connection to a whole HTTP request; one that takes longer is closed, and one that"
                                + " is silent for `pingTimeout` between requests.")
        Duration requestTimeout,

        @ConfigKey(range = "1ms to 1h", byDefault = "30s", doc = "How long replies are waited for, in both directions.")
        Duration replyTimeout) {

    public WebLimits {
        RecordSection.check(
                WebLimits.class,
                sockets,
                subscriptions,
                inFlight,
                frameBytes,
                headerBytes,
                queueMessages,
                queueBytes,
                whenSlow,
                pingTimeout,
                requestTimeout,
                replyTimeout);
    }
}
