package dev.busbar.codec;

import java.time.Instant;

/**
 * Defines which timestamps of messages are valid: times in the years 1 to 9999. In that range a number of seconds can
 * be told from one of milliseconds, and all clients support it. Any other number is kept as a header.
 */
public final class Timestamps {

    /** The header that holds the number of an invalid timestamp. */
    public static final String NUMBER = "x-busbar-timestamp";

    /** The first second of the year 1. */
    public static final long MIN_SECONDS = -62_135_596_800L;

    /** The last millisecond of the year 9999. */
    public static final long MAX_MILLIS = 253_402_300_799_999L;

    private static final long MILLIS_PER_SECOND = 1000;

    private Timestamps() {}

    /** Returns whether a timestamp is valid. */
    public static boolean isTime(Instant timestamp) {
        var seconds = timestamp.getEpochSecond();
        return seconds >= MIN_SECONDS && seconds <= MAX_MILLIS / MILLIS_PER_SECOND;
    }

    /**
     * Returns whether a timestamp is valid.
     *
     * @param millis milliseconds since 1970
     */
    public static boolean isTime(long millis) {
        return millis >= MIN_SECONDS * MILLIS_PER_SECOND && millis <= MAX_MILLIS;
    }
}
