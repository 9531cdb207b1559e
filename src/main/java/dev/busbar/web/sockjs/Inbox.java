package dev.busbar.web.sockjs;

import dev.busbar.socket.ReadHold;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Queues the frames of one browser, in order, while reading is on hold. Bounded in messages and bytes. Pausing the
 * socket instead would not do: a paused SockJS socket queues frames without bounds. Confined to the socket's event
 * loop.
 */
final class Inbox implements ReadHold {

    static final int MAX_WAITING_MESSAGES = 1_000;

    private final long maxWaitingBytes;
    private final Consumer<Buffer> reader;
    private final Runnable onOverflow;
    private final Deque<Buffer> waiting = new ArrayDeque<>();
    private long bytes;
    private int holds;
    private boolean reading;
    private boolean closed;

    /** @param onOverflow called once, when more waits than may; all waiting frames are discarded */
    Inbox(long maxWaitingBytes, Consumer<Buffer> reader, Runnable onOverflow) {
        this.maxWaitingBytes = maxWaitingBytes;
        this.reader = reader;
        this.onOverflow = onOverflow;
    }

    void received(Buffer frame) {
        if (closed) {
            return;
        }
        waiting.add(frame);
        bytes += frame.length();
        read();
        if (waiting.size() > MAX_WAITING_MESSAGES || bytes > maxWaitingBytes) {
            close();
            onOverflow.run();
        }
    }

    /** Reads nothing more until {@link #release()} has been called as often as this method. */
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
