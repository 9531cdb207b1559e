package dev.busbar.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happens to a message whose handler failed. */
@ConfigSection(
        title = "When a handler fails",
        intro = "A failure is a failed reply, no reply in time, or no handler. This section is for the"
                + " delivery `request`; the others do not wait for handlers.")
public record FailurePolicy(
        @ConfigKey(
                range = "1 to 10000",
                byDefault = "5",
                doc = "How often a message is delivered at most, the first time included.")
        int attempts,

        @ConfigKey(doc = "The pauses between the attempts.") Backoff backoff,

        @ConfigKey(
                name = "wait",
                byDefault = "memory",
                doc = "Where the message waits between the attempts. `memory`: in Busbar, where it holds one"
                        + " place of the prefetch and begins with the first attempt again after a restart; for short"
                        + " pauses. `broker`: in the broker, which keeps the message and the number of its attempts;"
                        + " RabbitMQ only: see [Brokers](brokers.md#retries-that-wait-in-the-broker).")
        RetryWait retryWait,

        @ConfigKey(
                byDefault = "dead-letter",
                doc = "What happens to the message after the last attempt. `dead-letter`: Busbar publishes it"
                        + " to the dead-letter exchange; `park`: Busbar puts it into a separate queue for someone to"
                        + " look at; `drop`: Busbar deletes and counts it; `reject`: Busbar rejects it and declares"
                        + " nothing, and the broker dead-letters it by the queue's own `x-dead-letter-exchange`, or"
                        + " deletes it where there is none; with `wait: broker` the queue needs the argument"
                        + " `x-dead-letter-routing-key`: see [Brokers](brokers.md#rejected-messages).")
        FailureAction then,

        @ConfigKey(doc = "Where dead letters go.") DeadLetterConfig deadLetter,

        @ConfigKey(doc = "Where parked messages go.") ParkConfig park) {

    public FailurePolicy {
        RecordSection.check(FailurePolicy.class, attempts, backoff, retryWait, then, deadLetter, park);
        refuseUnused(then, FailureAction.DEAD_LETTER, "deadLetter", deadLetter);
        refuseUnused(then, FailureAction.PARK, "park", park);
    }

    /** Makes a policy by which messages go where they go by default. */
    public FailurePolicy(int attempts, Backoff backoff, RetryWait retryWait, FailureAction then) {
        this(
                attempts,
                backoff,
                retryWait,
                then,
                RecordSection.defaults(DeadLetterConfig.class),
                RecordSection.defaults(ParkConfig.class));
    }

    private static void refuseUnused(FailureAction then, FailureAction needed, String path, Record place) {
        new Findings()
                .unless(
                        then == needed || place.equals(RecordSection.defaults(place.getClass())),
                        path,
                        null,
                        "is not used: then is " + Types.kebab(then),
                        "Remove it, or set then to " + Types.kebab(needed),
                        "then")
                .raise();
    }

    /** Returns the pause after that many failures, counted from 1, without jitter. */
    public Duration pause(int failures) {
        Duration pause = backoff.initial();
        for (int failed = 1; failed < failures && pause.compareTo(backoff.max()) < 0; failed++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(backoff.max()) > 0 ? backoff.max() : pause;
    }

    /** Returns all possible pauses, each once. */
    public List<Duration> pauses() {
        List<Duration> pauses = new ArrayList<>();
        for (int failed = 1; failed < attempts && !pauses.contains(backoff.max()); failed++) {
            pauses.add(pause(failed));
        }
        return pauses;
    }

    /**
     * Returns how long a message may stay unsettled until all attempts have failed.
     *
     * @param timeout of each attempt
     */
    Duration longest(Duration timeout) {
        if (retryWait == RetryWait.BROKER) {
            return timeout;
        }
        Duration all = timeout.multipliedBy(attempts);
        Duration pause = backoff.initial();
        for (int failed = 1; failed < attempts; failed++) {
            if (pause.equals(backoff.max())) {
                return all.plus(pause.multipliedBy(attempts - failed));
            }
            all = all.plus(pause);
            pause = pause.compareTo(backoff.max().dividedBy(2)) > 0 ? backoff.max() : pause.multipliedBy(2);
        }
        return all;
    }
}
