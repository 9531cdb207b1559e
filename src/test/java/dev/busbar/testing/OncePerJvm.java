package dev.busbar.testing;

import java.util.function.Supplier;

/**
 * Starts a broker with the first test of this JVM that asks, and stops it with the JVM. A start that fails, as one may
 * on a machine that is busy, fails the test that asked, and the next that asks starts it anew.
 */
public final class OncePerJvm<T extends AutoCloseable> {

    private final Supplier<T> start;
    private T running;

    public OncePerJvm(Supplier<T> start) {
        this.start = start;
    }

    public synchronized T get() {
        if (running == null) {
            T started = start.get();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(started)));
            running = started;
        }
        return running;
    }

    private static void close(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
