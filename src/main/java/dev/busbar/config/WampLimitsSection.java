package dev.busbar.config;

import java.time.Duration;
import java.util.List;

final class WampLimitsSection {

    static final Key<Integer> SESSIONS = Key.of(
            "sessions",
            Types.integer(1, 1_000_000),
            1000,
            "How many sockets the node takes at once; further ones are refused with 503.");
    static final Key<Integer> SUBSCRIPTIONS = Key.of(
            "subscriptions",
            Types.integer(1, 1_000_000),
            10_000,
            "How many subscriptions one session may have. Buildbot makes one for each build request it waits for.");
    static final Key<Integer> IN_FLIGHT = Key.of(
            "inFlight",
            Types.integer(1, 100_000),
            100,
            "How many publications and subscriptions of one session may wait for the broker; meanwhile nothing is read"
                    + " from it, so that what it sends waits at its end.");
    static final Key<Long> MESSAGE = Key.of(
            "message",
            Sizes.between(1024, 64L << 20),
            16L << 20,
            "The longest message from a client. One that is longer is refused, and the session goes on; the connection of"
                    + " one who sends twice as much, or has not joined yet, is closed with 1009.");
    static final Key<Long> QUEUE_BYTES = Key.of(
            "queueBytes",
            Sizes.between(1024, 1L << 30),
            64L << 20,
            "How many bytes may wait for a client that does not read; then it is disconnected, for it must not miss"
                    + " anything unknowingly.");
    static final Key<Duration> HELLO_TIMEOUT = Key.of(
            "helloTimeout",
            Durations.between(Duration.ofMillis(1), Duration.ofHours(1)),
            Duration.ofSeconds(10),
            "A socket that has no session after this is closed.");
    static final Key<Duration> PING_TIMEOUT = Key.of(
            "pingTimeout",
            Durations.between(Duration.ofMillis(100), Duration.ofHours(1)),
            Duration.ofSeconds(60),
            "Sockets are pinged twice in this time, and one that has been silent for longer is closed.");

    static final Section<WampLimits> TYPE = new Section<>(
            "Limits of WAMP sessions",
            "What one of them may take of this process.",
            List.of(
                    SESSIONS.from(WampLimits::sessions),
                    SUBSCRIPTIONS.from(WampLimits::subscriptions),
                    IN_FLIGHT.from(WampLimits::inFlight),
                    MESSAGE.from(WampLimits::messageBytes),
                    QUEUE_BYTES.from(WampLimits::queueBytes),
                    HELLO_TIMEOUT.from(WampLimits::helloTimeout),
                    PING_TIMEOUT.from(WampLimits::pingTimeout)),
            it -> new WampLimits(
                    it.get(SESSIONS),
                    it.get(SUBSCRIPTIONS),
                    it.get(IN_FLIGHT),
                    it.get(MESSAGE),
                    it.get(QUEUE_BYTES),
                    it.get(HELLO_TIMEOUT),
                    it.get(PING_TIMEOUT)));

    static final WampLimits DEFAULT = new WampLimits(
            SESSIONS.fallback(),
            SUBSCRIPTIONS.fallback(),
            IN_FLIGHT.fallback(),
            MESSAGE.fallback(),
            QUEUE_BYTES.fallback(),
            HELLO_TIMEOUT.fallback(),
            PING_TIMEOUT.fallback());

    private WampLimitsSection() {}
}
