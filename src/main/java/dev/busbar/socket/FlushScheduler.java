package dev.busbar.socket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Who has something to write when all else that happens in this turn of the event loop has. What a write costs hardly
 * depends on how much is written: where rounds of writes take a good part of the time there are pauses, so that the
 * next has more to write at once. On that event loop only.
 */
public final class FlushScheduler {

    /** Times as long as the round took; short ones add up. */
    private static final int PAUSE = 4;

    private static final long LONGEST_PAUSE_NANOS = 10_000_000;
    /** The clock of an event loop is not more exact. */
    private static final long SHORTEST_PAUSE_NANOS = 1_000_000;

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
     * @param write called when the turn ends
     * @param failed called if that throws
     */
    public Writer seat(Runnable write, Consumer<Throwable> failed) {
        return new Writer(write, failed);
    }

    /** Where one who writes waits for its turn to end. */
    public final class Writer {

        private final Runnable write;
        private final Consumer<Throwable> failed;
        private boolean due;
        private boolean urgent;

        private Writer(Runnable write, Consumer<Throwable> failed) {
            this.write = write;
            this.failed = failed;
        }

        /**
         * There is something to write. However often this is said, it is called once.
         *
         * @param patient whether it may wait for a pause to end, as messages may, which go to many
         */
        public void take(boolean patient) {
            if (patient && !due) {
                due = true;
                add(this);
            } else if (!patient && !urgent) {
                urgent = true;
                eventLoop.execute(() -> {
                    urgent = false;
                    run();
                });
            }
        }

        private void turnEnds() {
            due = false;
            run();
        }

        private void run() {
            try {
                write.run();
            } catch (RuntimeException | Error e) {
                failed.accept(e);
            }
        }
    }

    private void add(Writer writer) {
        if (due.isEmpty()) {
            var pause = pauseEnds - clock.nanoTime();
            if (pause < SHORTEST_PAUSE_NANOS) {
                eventLoop.execute(this::end);
            } else {
                eventLoop.schedule(this::end, pause, TimeUnit.NANOSECONDS);
            }
        }
        due.add(writer);
    }

    private void end() {
        var start = clock.nanoTime();
        var ending = due;
        due = new ArrayList<>(ending.size());
        ending.forEach(Writer::turnEnds);
        var now = clock.nanoTime();
        pauseEnds = Math.min(Math.max(pauseEnds, now) + PAUSE * (now - start), now + LONGEST_PAUSE_NANOS);
    }
}
