package dev.busbar.socket;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Who has something to write when all else that happens in this turn of the event loop has. What a write costs hardly
 * depends on how much is written: where rounds of writes take a good part of the time there are pauses, so that the
 * next has more to write at once. On that event loop only.
 */
public final class Turn {

    /** Who writes. */
    public interface Writer {

        /** @param urgently as it was added with {@link Turn#addUrgent} */
        void turnEnds(boolean urgently);

        /** That has thrown. */
        void failed(Throwable why);
    }

    /** Times as long as the round took; short ones add up. */
    private static final int PAUSE = 4;

    private static final long LONGEST_PAUSE_NANOS = 10_000_000;
    /** The clock of an event loop is not more exact. */
    private static final long SHORTEST_PAUSE_NANOS = 1_000_000;

    private final EventLoop eventLoop;
    private final Ticker clock;
    private List<Writer> due = new ArrayList<>();
    private long pauseEnds;

    public Turn(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
        clock = eventLoop.ticker();
        pauseEnds = clock.nanoTime();
    }

    /** With messages, which may go to many: each once, until its turn ends. */
    public void add(Writer writer) {
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

    /** With what somebody waits for: at the end of this turn, pause or not. */
    public void addUrgent(Writer writer) {
        eventLoop.execute(() -> endFor(writer, true));
    }

    private void end() {
        var start = clock.nanoTime();
        var ending = due;
        due = new ArrayList<>(ending.size());
        ending.forEach(writer -> endFor(writer, false));
        var now = clock.nanoTime();
        pauseEnds = Math.min(Math.max(pauseEnds, now) + PAUSE * (now - start), now + LONGEST_PAUSE_NANOS);
    }

    private static void endFor(Writer writer, boolean urgently) {
        try {
            writer.turnEnds(urgently);
        } catch (RuntimeException | Error e) {
            writer.failed(e);
        }
    }
}
