package dev.busbar.broker.amqp10;

/**
 * How long a broker has granted no credit. For a moment is how it paces a sender; for long means that it takes nothing,
 * e.g. because it is out of memory or disk.
 */
final class CreditWatch {

    private static final long LONG_NANOS = 1_000_000_000L;

    private long missingSince;
    private boolean missing;

    void granted(boolean granted) {
        if (!granted && !missing) {
            missingSince = System.nanoTime();
        }
        missing = !granted;
    }

    /** Whether there has been none for long. */
    boolean missing() {
        return missing && System.nanoTime() - missingSince > LONG_NANOS;
    }
}
