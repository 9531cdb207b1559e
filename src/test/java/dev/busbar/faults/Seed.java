package dev.busbar.faults;

import java.util.Random;

/**
 * What all chance in a run of faults comes from. Another one each time, unless {@code -Dbusbar.seed} names the one of a
 * run to be repeated.
 */
record Seed(long value) {

    interface Run {
        void with(Random random) throws Exception;
    }

    static Seed next() {
        var given = Long.getLong("busbar.seed");
        return new Seed(given != null ? given : new Random().nextInt(1_000_000));
    }

    /** Says which seed it is at the beginning, and in whatever fails. */
    void run(String what, Run run) {
        System.err.println(what + ": " + this);
        try {
            run.with(new Random(value));
        } catch (Throwable e) {
            throw new AssertionError(what + " failed: " + this + ". " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "-Dbusbar.seed=" + value;
    }
}
