package dev.busbar.broker.amqp10;

/**
 * Measures for how long a broker has granted no credit. A broker that grants none for a moment paces the sender; a
 * broker that grants none for long takes nothing, e.g. because it is out of memory or disk.
 */
final class CreditWatch {

    private static final long STALLED_AFTER_NANOS = 1_000_000_000L;

    private long missingSinceNanos;
    private boolean missing;

    /** Records whether the broker grants credit now. */
    void granted(boolean granted) {
        if (!granted && !missing) {
            missingSinceNanos = System.nanoTime();
        }
        missing = !granted;
    }

    /** Whether the broker has granted no credit for long. */
    boolean missing() {
        return missing && System.nanoTime() - missingSinceNanos > STALLED_AFTER_NANOS;
    }
}
