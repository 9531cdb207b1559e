package dev.busbar.codec;

import java.time.Instant;

/**
 * What timestamps of messages may be: times from the year 1 to 9999. Within these years seconds and milliseconds can be
 * told apart, and every client has them. Another number is kept as a header.
 */
public final class Timestamps {

    /** The header with the number of a timestamp that is no time. */
    public static final String NUMBER = "x-busbar-timestamp";

    /** The first second of the year 1. */
    public static final long MIN_SECONDS = -62_135_596_800L;

    /** The last millisecond of the year 9999. */
    public static final long MAX_MILLIS = 253_402_300_799_999L;

    private static final long MILLIS = 1000;

    private Timestamps() {}

    public static boolean isTime(Instant timestamp) {
        var seconds = timestamp.getEpochSecond();
        return seconds >= MIN_SECONDS && seconds <= MAX_MILLIS / MILLIS;
    }

    /** @param millis since 1970 */
    public static boolean isTime(long millis) {
        return millis >= MIN_SECONDS * MILLIS && millis <= MAX_MILLIS;
    }
}
