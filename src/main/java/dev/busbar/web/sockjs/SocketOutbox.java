package dev.busbar.web.sockjs;

import dev.busbar.config.SlowReaderPolicy;
import dev.busbar.config.WebLimits;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import dev.busbar.socket.FlushScheduler;
import java.util.List;
import org.slf4j.event.Level;

/**
 * Buffers the frames to one browser and writes them in order. All frames of one turn of the event loop go out in one
 * write. Frames that come before that write has completed wait, bounded in messages and in encoded bytes. Confined to
 * the socket's event loop.
 */
final class SocketOutbox {

    private static final ThrottledLog FAILURES =
            new ThrottledLog(CleanLogger.of(SocketOutbox.class), Level.ERROR, "browsers");

    /** The size of a write. When this many bytes wait, they are written without waiting for the end of the turn. */
    private static final int WRITE_BYTES = 64 * 1024;

    private final BrowserTransport transport;
    private final WebLimits limits;
    private final FlushScheduler.Writer writer;
    private final Browsers browsers;
    private final WaitingFrames waiting = new WaitingFrames();
    private final Runnable onWritten = this::written;
    private long dropped;
    /** Whether a write has not completed yet; the next begins after it. */
    private boolean writing;

    private boolean flushing;
    /** Whether no more frames are accepted. */
    private boolean ended;

    private boolean closed;

    SocketOutbox(BrowserTransport transport, WebLimits limits, FlushScheduler flushes, Browsers browsers) {
        this.transport = transport;
        this.browsers = browsers;
        this.limits = limits;
        this.writer = flushes.writer(this::flush, this::failed);
    }

    /** Sends an answer. Answers are never dropped: a socket for which too many wait is closed. */
    void answer(String text) {
        put(new Frame(text), null, false, SlowReaderPolicy.DISCONNECT);
    }

    /**
     * Sends a message, or drops messages as the policy says if too many wait.
     *
     * @param key equal for messages that replace each other; {@code null} unless the policy replaces messages
     */
    void message(Frame frame, Object key, SlowReaderPolicy policy) {
        put(frame, key, true, policy);
    }

    int queuedMessages() {
        return waiting.size();
    }

    long queuedBytes() {
        return waiting.bytes();
    }

    long dropped() {
        return dropped;
    }

    private void countDropped() {
        dropped++;
        browsers.dropped();
    }

    private void put(Frame frame, Object key, boolean droppable, SlowReaderPolicy policy) {
        if (ended) {
            return;
        }
        var encoded = transport.encode(frame);
        if (writing && key != null && waiting.replace(key, encoded)) {
            countDropped();
        } else {
            waiting.add(encoded, key, droppable);
        }
        if (waiting.bytes() >= WRITE_BYTES || isFull()) {
            flush();
        } else if (!writing) {
            writer.requestFlush(droppable);
        }
        while (!ended && isFull()) {
            if (policy == SlowReaderPolicy.DISCONNECT || !waiting.dropOldest()) {
                browsers.tooSlow();
                close(1008, "too slow");
            } else {
                countDropped();
            }
        }
    }

    private boolean isFull() {
        return waiting.size() > limits.queueMessages() || waiting.bytes() > limits.queueBytes();
    }

    private void failed(Throwable why) {
        FAILURES.add("a browser is disconnected because writing to it failed", why);
        close(1011, "failed");
    }

    private void flush() {
        flushing = true;
        try {
            while (!writing && !ended && waiting.size() > 0) {
                writing = true;
                transport.write(waiting.take(WRITE_BYTES), onWritten);
            }
        } finally {
            flushing = false;
        }
    }

    private void written() {
        writing = false;
        if (!flushing) {
            flush();
        }
    }

    /** Sends a heartbeat, unless a write is on its way and does as well. */
    void heartbeat() {
        if (!writing && !ended) {
            transport.heartbeat();
        }
    }

    /**
     * Discards what waits, writes a last frame, and closes the socket after it: a SockJS session that is closed at once
     * discards what it has not sent.
     */
    void close(String lastFrame, int code, String reason) {
        if (!ended) {
            end();
            transport.write(List.of(transport.encode(new Frame(lastFrame))), () -> close(code, reason));
        }
    }

    void close(int code, String reason) {
        if (!closed) {
            closed = true;
            end();
            transport.close(code, reason);
        }
    }

    /** Discards what waits and accepts nothing more, because the socket is closed or about to be. */
    void end() {
        ended = true;
        waiting.clear();
    }
}
