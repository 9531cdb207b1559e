package dev.busbar.web.sockjs;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has something to write when all else that happens in this turn of the event loop has. What a write costs hardly
 * depends on how much is written: after a round of many writes there is a pause, so that the next has more to write at
 * once.
 */
final class Turn {

    private static final Logger LOG = LoggerFactory.getLogger(BrowserBridge.class);

    /** Times as long as the round took. */
    private static final int PAUSE = 4;

    private static final long LONGEST_PAUSE_NANOS = 10_000_000;

    /** The clock of an event loop is not that exact. */
    private static final long SHORTEST_PAUSE_NANOS = 500_000;

    private final EventLoop eventLoop;
    private List<Outbox> due = new ArrayList<>();
    private long pauseEnds = System.nanoTime();

    Turn(EventLoop eventLoop) {
        this.eventLoop = eventLoop;
    }

    /** With messages, which may go to many: each once, until its turn ends. */
    void add(Outbox outbox) {
        if (due.isEmpty()) {
            var pause = pauseEnds - System.nanoTime();
            if (pause < SHORTEST_PAUSE_NANOS) {
                eventLoop.execute(this::end);
            } else {
                eventLoop.schedule(this::end, pause, TimeUnit.NANOSECONDS);
            }
        }
        due.add(outbox);
    }

    /** With what somebody waits for: at the end of this turn, pause or not. */
    void addUrgent(Outbox outbox) {
        eventLoop.execute(() -> endFor(outbox, true));
    }

    private void end() {
        var start = System.nanoTime();
        var ending = due;
        due = new ArrayList<>(ending.size());
        ending.forEach(outbox -> endFor(outbox, false));
        var now = System.nanoTime();
        pauseEnds = now + Math.min(PAUSE * (now - start), LONGEST_PAUSE_NANOS);
    }

    private static void endFor(Outbox outbox, boolean urgently) {
        try {
            outbox.turnEnds(urgently);
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.error("a browser could not be written to, and is disconnected", e);
            outbox.close(1011, "failed");
        }
    }
}
