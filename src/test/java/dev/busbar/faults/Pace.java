package dev.busbar.faults;

/** How many messages may have been sent by now. Thread-safe. */
final class Pace {

    private final long start = System.nanoTime();
    private final int perSecond;
    private int end;

    private Pace(int perSecond, int end) {
        this.perSecond = perSecond;
        this.end = end;
    }

    /** So many, at any speed. */
    static Pace all(int count) {
        return new Pace(0, count);
    }

    /** So many in each second from now on, until the {@link #end}. */
    static Pace of(int perSecond) {
        return new Pace(perSecond, -1);
    }

    synchronized int allowed() {
        return hasEnded() ? end : (int) ((System.nanoTime() - start) * perSecond / 1_000_000_000);
    }

    synchronized boolean hasEnded() {
        return end >= 0;
    }

    /** No more from now on. */
    synchronized void end() {
        end = allowed();
    }
}
