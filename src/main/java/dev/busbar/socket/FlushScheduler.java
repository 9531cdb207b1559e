package dev.busbar.socket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Calls the writers that have something to write, at the end of a turn of the event loop. The cost of a write hardly
 * depends on its length. So when rounds of writes take a good part of the event loop's time, the scheduler pauses
 * between them, and the next round writes more at once. Confined to its event loop.
 */
public final class FlushScheduler {

    /** How many times as long as a round its pause is; pauses too short to be taken add up. */
    private static final int PAUSE_FACTOR = 4;

    private static final long MAX_PAUSE_NANOS = 10_000_000;
    /** The resolution of an event loop's timers. */
    private static final long MIN_PAUSE_NANOS = 1_000_000;

    private final EventLoop eventLoop;
    private final Ticker clock;
    private List<Writer> due = new ArrayList<>();
    private long pauseEnds;

    public FlushScheduler(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
        clock = eventLoop.ticker();
        pauseEnds = clock.nanoTime();
    }

    /**
     * Returns a new writer of this scheduler.
     *
     * @param write writes what has been gathered; called at the end of a turn
     * @param onFailure called if {@code write} throws
     */
    public Writer writer(Runnable write, Consumer<Throwable> onFailure) {
        return new Writer(write, onFailure);
    }

    /** Writes to one socket when the scheduler says so. */
    public final class Writer {

        private final Runnable write;
        private final Consumer<Throwable> onFailure;
        private boolean due;
        private boolean urgent;

        private Writer(Runnable write, Consumer<Throwable> onFailure) {
            this.write = write;
            this.onFailure = onFailure;
        }

        /**
         * Asks for one call of {@code write}; further requests before that call add none.
         *
         * @param mayDelay whether the call may wait for a pause to end, as messages that go to many clients may
         */
        public void requestFlush(boolean mayDelay) {
            if (mayDelay && !due) {
                due = true;
                add(this);
            } else if (!mayDelay && !urgent) {
                urgent = true;
                eventLoop.execute(() -> {
                    urgent = false;
                    run();
                });
            }
        }

        private void runDue() {
            due = false;
            run();
        }

        private void run() {
            try {
                write.run();
            } catch (RuntimeException | Error e) {
                onFailure.accept(e);
            }
        }
    }

    private void add(Writer writer) {
        if (due.isEmpty()) {
            var pause = pauseEnds - clock.nanoTime();
            if (pause < MIN_PAUSE_NANOS) {
                eventLoop.execute(this::runRound);
            } else {
                eventLoop.schedule(this::runRound, pause, TimeUnit.NANOSECONDS);
            }
        }
        due.add(writer);
    }

    private void runRound() {
        var start = clock.nanoTime();
        var round = due;
        due = new ArrayList<>(round.size());
        round.forEach(Writer::runDue);
        var now = clock.nanoTime();
        pauseEnds = Math.min(Math.max(pauseEnds, now) + PAUSE_FACTOR * (now - start), now + MAX_PAUSE_NANOS);
    }
}
