package dev.busbar.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.IntSupplier;

/** Watches how long a run makes no progress. */
final class Standstill {

    private final IntSupplier progress;
    private int latest = -1;
    private long since = System.nanoTime();
    private long longest;

    Standstill(IntSupplier progress) {
        this.progress = progress;
    }

    /** @return the longest time without progress until it was over */
    Duration until(Callable<Boolean> over, Duration patience) {
        await().atMost(patience).pollInterval(Duration.ofMillis(20)).until(() -> {
            look();
            return over.call();
        });
        return Duration.ofNanos(longest);
    }

    private void look() {
        var now = System.nanoTime();
        longest = Math.max(longest, now - since);
        var present = progress.getAsInt();
        if (present != latest) {
            latest = present;
            since = now;
        }
    }
}
