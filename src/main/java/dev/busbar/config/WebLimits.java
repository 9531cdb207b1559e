package dev.busbar.config;

import java.time.Duration;

/** What one browser may use of this process. */
@ConfigSection(title = "Limits of browsers", intro = "What one browser may use of this process.")
public record WebLimits(
        @ConfigKey(
                range = "1 to 1000000",
                byDefault = "10000",
                doc = "How many sockets one event loop accepts at a time. It accepts twice as many HTTP"
                        + " connections, but at least 1,000. Further ones are closed.")
        int sockets,

        @ConfigKey(range = "1 to 100000", byDefault = "1000", doc = "How many addresses one socket may listen to.")
        int subscriptions,

        @ConfigKey(
                range = "1 to 100000",
                byDefault = "100",
                doc = "How many messages of one socket may wait for the broker or a reply; meanwhile Busbar"
                        + " reads no more from the socket. Messages that arrive all the same wait, up to 1,000 and"
                        + " twice `frame`; a socket that sends more is closed.")
        int inFlight,

        @ConfigKey(
                name = "frame",
                range = "1KiB to 64MiB",
                byDefault = "1MiB",
                doc = "The longest message, and the longest HTTP body, from a browser. Busbar closes the"
                        + " connection of a browser that sends more.")
        long frameBytes,

        @ConfigKey(
                name = "headers",
                range = "8KiB to 1MiB",
                byDefault = "32KiB",
                doc = "How many bytes the headers of one HTTP request may have together, on Busbar's HTTP port,"
                        + " at `/wamp` and on the management port; longer ones are answered with 431. A token may be"
                        + " as long, wherever it is sent.")
        long headerBytes,

        @ConfigKey(
                range = "1 to 1000000",
                byDefault = "1000",
                doc = "How many messages may wait for a socket that does not read.")
        int queueMessages,

        @ConfigKey(
                range = "1KiB to 1GiB",
                byDefault = "1MiB",
                doc = "How many bytes the waiting messages may have together; browsers do not get a longer"
                        + " message.")
        long queueBytes,

        @ConfigKey(
                byDefault = "drop-oldest",
                doc = "What happens when that queue is full. `drop-oldest`: the messages that have waited"
                        + " longest are dropped; `latest-per-key`: a newer message replaces a waiting one with the"
                        + " same routing key, else as `drop-oldest`; `disconnect`: the socket is closed. All are"
                        + " counted.")
        SlowReaderPolicy whenSlow,

        @ConfigKey(
                range = "1s to 1h",
                byDefault = "90s",
                doc = "How long a socket may be silent before Busbar closes it. Browsers slow the pings of"
                        + " hidden tabs down to one a minute.")
        Duration pingTimeout,

        @ConfigKey(
                range = "1s to 1h",
                byDefault = "30s",
                doc = "How long a new connection may take to send a whole HTTP request. Busbar closes a"
                        + " connection that takes longer, and one that is silent for `pingTimeout` between requests.")
        Duration requestTimeout,

        @ConfigKey(
                range = "1ms to 1h",
                byDefault = "30s",
                doc = "How long Busbar waits for a reply, in both directions.")
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
