package dev.busbar.web.sockjs;

import dev.busbar.socket.ReadHold;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * What a browser has sent, in order: held back while something that was sent before must be finished first. Bounded in
 * messages and bytes: to pause a SockJS socket only makes it keep what comes, without bounds.
 */
final class Inbox implements ReadHold {

    static final int MESSAGES = 1_000;

    private final long mostBytes;
    private final Consumer<Buffer> reader;
    private final Runnable overflow;
    private final Deque<Buffer> waiting = new ArrayDeque<>();
    private long bytes;
    private int holds;
    private boolean reading;
    private boolean closed;

    /** @param overflow called once, when more has come than may wait; all of it is forgotten */
    Inbox(long mostBytes, Consumer<Buffer> reader, Runnable overflow) {
        this.mostBytes = mostBytes;
        this.reader = reader;
        this.overflow = overflow;
    }

    void received(Buffer frame) {
        if (closed) {
            return;
        }
        waiting.add(frame);
        bytes += frame.length();
        read();
        if (waiting.size() > MESSAGES || bytes > mostBytes) {
            close();
            overflow.run();
        }
    }

    /** Until {@link #release()} has been called as often, nothing more is read. */
    @Override
    public void hold() {
        holds++;
    }

    @Override
    public void release() {
        holds--;
        read();
    }

    private void read() {
        if (reading) {
            return;
        }
        reading = true;
        try {
            while (holds == 0 && !waiting.isEmpty()) {
                var next = waiting.poll();
                bytes -= next.length();
                reader.accept(next);
            }
        } finally {
            reading = false;
        }
    }

    void close() {
        closed = true;
        waiting.clear();
        bytes = 0;
    }
}
