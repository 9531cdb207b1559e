package dev.busbar.testing;

import java.time.Duration;
import java.util.Optional;

/**
 * Says how large a test is to be: small by default, large with the profile {@code soak}, which sets the system property
 * {@code busbar.soak} to how long random faults go on, e.g. {@code 10m}.
 */
public final class Soak {

    private static final Optional<Duration> LENGTH =
            Optional.ofNullable(System.getProperty("busbar.soak")).map(length -> Duration.parse("PT" + length));

    private Soak() {}

    /** How many messages and the like. */
    public static int pick(int small, int large) {
        return LENGTH.isEmpty() ? small : large;
    }

    public static Duration pick(Duration small, Duration large) {
        return LENGTH.isEmpty() ? small : large;
    }

    /** How long random faults go on. */
    public static Duration length(Duration small) {
        return LENGTH.orElse(small);
    }
}
