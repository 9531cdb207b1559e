package dev.busbar.config;

import java.time.Duration;
import java.util.List;

final class WebLimitsSection {

    static final Key<Integer> SOCKETS = Key.of(
            "sockets",
            Types.integer(1, 1_000_000),
            10_000,
            "How many sockets one event loop takes at once, and twice as many HTTP connections, but at least 1,000; further"
                    + " ones are closed.");
    static final Key<Integer> SUBSCRIPTIONS =
            Key.of("subscriptions", Types.integer(1, 100_000), 1000, "How many addresses one socket may listen to.");
    static final Key<Integer> IN_FLIGHT = Key.of(
            "inFlight",
            Types.integer(1, 100_000),
            100,
            "How many of one socket's messages may wait for the broker or a reply; meanwhile no more are read from it."
                    + " What arrives all the same waits, up to 1,000 messages and twice `frame`; a socket that sends"
                    + " more is closed.");
    static final Key<Long> FRAME = Key.of(
            "frame",
            Sizes.between(1024, 64L << 20),
            1L << 20,
            "The longest message, and HTTP body, from a browser; the connection of one who sends more is closed.");
    static final Key<Long> HEADERS = Key.of(
            "headers",
            Sizes.between(8 << 10, 1 << 20),
            32L << 10,
            "How many bytes the headers of one HTTP request may have together, here, at `/wamp` and on the management"
                    + " port; longer ones are answered with 431. A token has as much room, wherever it is given.");
    static final Key<Integer> QUEUE_MESSAGES = Key.of(
            "queueMessages",
            Types.integer(1, 1_000_000),
            1000,
            "How many messages wait for a socket that does not read.");
    static final Key<Long> QUEUE_BYTES = Key.of(
            "queueBytes",
            Sizes.between(1024, 1L << 30),
            1L << 20,
            "How many bytes they may have together; a message longer than that is not for browsers.");
    static final Key<SlowReader> WHEN_SLOW = Key.of(
            "whenSlow",
            SlowReaderSection.POLICY,
            SlowReader.DROP_OLDEST,
            "What happens when that queue is full. `drop-oldest`: those that have waited longest make room;"
                    + " `latest-per-key`: a newer message takes the place of a waiting one with the same routing key, and"
                    + " else as `drop-oldest`; `disconnect`: the socket is closed. All are counted.");
    static final Key<Duration> PING_TIMEOUT = Key.of(
            "pingTimeout",
            Durations.between(Duration.ofSeconds(1), Duration.ofHours(1)),
            Duration.ofSeconds(90),
            "A socket silent for longer is closed. Browsers slow the pings of hidden tabs down to one a minute.");
    static final Key<Duration> REQUEST_TIMEOUT = Key.of(
            "requestTimeout",
            Durations.between(Duration.ofSeconds(1), Duration.ofHours(1)),
            Duration.ofSeconds(30),
            "How long it may take from a connection to a whole HTTP request; one that takes longer is closed, and one that"
                    + " is silent for `pingTimeout` between requests.");
    static final Key<Duration> REPLY_TIMEOUT = Key.of(
            "replyTimeout",
            Durations.between(Duration.ofMillis(1), Duration.ofHours(1)),
            Duration.ofSeconds(30),
            "How long replies are waited for, in both directions.");

    static final Section<WebLimits> TYPE = new Section<>(
            "Limits of browsers",
            "What one of them may take of this process.",
            List.of(
                    SOCKETS.from(WebLimits::sockets),
                    SUBSCRIPTIONS.from(WebLimits::subscriptions),
                    IN_FLIGHT.from(WebLimits::inFlight),
                    FRAME.from(WebLimits::frameBytes),
                    HEADERS.from(WebLimits::headerBytes),
                    QUEUE_MESSAGES.from(WebLimits::queueMessages),
                    QUEUE_BYTES.from(WebLimits::queueBytes),
                    WHEN_SLOW.from(WebLimits::whenSlow),
                    PING_TIMEOUT.from(WebLimits::pingTimeout),
                    REQUEST_TIMEOUT.from(WebLimits::requestTimeout),
                    REPLY_TIMEOUT.from(WebLimits::replyTimeout)),
            it -> new WebLimits(
                    it.get(SOCKETS),
                    it.get(SUBSCRIPTIONS),
                    it.get(IN_FLIGHT),
                    it.get(FRAME),
                    it.get(HEADERS),
                    it.get(QUEUE_MESSAGES),
                    it.get(QUEUE_BYTES),
                    it.get(WHEN_SLOW),
                    it.get(PING_TIMEOUT),
                    it.get(REQUEST_TIMEOUT),
                    it.get(REPLY_TIMEOUT)));

    static final WebLimits DEFAULT = new WebLimits(
            SOCKETS.fallback(),
            SUBSCRIPTIONS.fallback(),
            IN_FLIGHT.fallback(),
            FRAME.fallback(),
            HEADERS.fallback(),
            QUEUE_MESSAGES.fallback(),
            QUEUE_BYTES.fallback(),
            WHEN_SLOW.fallback(),
            PING_TIMEOUT.fallback(),
            REQUEST_TIMEOUT.fallback(),
            REPLY_TIMEOUT.fallback());

    private WebLimitsSection() {}
}
