package dev.busbar.web.sockjs;

import dev.busbar.config.SlowReader;
import dev.busbar.config.WebLimits;
import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import dev.busbar.socket.FlushScheduler;
import java.util.List;
import org.slf4j.event.Level;

/**
 * What goes to one socket: all of one turn of the event loop is written in one go. What comes before that has been
 * written waits, bounded in messages and in bytes as they are written.
 */
final class SocketOutbox {

    private static final ThrottledLog FAILURES =
            new ThrottledLog(CleanLogger.of(SocketOutbox.class), Level.ERROR, "browsers");

    /** As much as is written in one go. */
    private static final int AT_ONCE = 64 * 1024;

    private final BrowserTransport transport;
    private final WebLimits limits;
    private final FlushScheduler.Writer writer;
    private final Browsers browsers;
    private final WaitingFrames waiting = new WaitingFrames();
    private final Runnable written = this::written;
    private long dropped;
    /** Has not been written yet: the socket is the slower one. */
    private boolean writing;

    private boolean flushing;
    /** Takes nothing more. */
    private boolean ended;

    private boolean closed;

    SocketOutbox(BrowserTransport transport, WebLimits limits, FlushScheduler flushes, Browsers browsers) {
        this.transport = transport;
        this.browsers = browsers;
        this.limits = limits;
        this.writer = flushes.seat(this::flush, this::failed);
    }

    /** An answer, which is never dropped: a socket with too many is closed. */
    void answer(String text) {
        put(new Frame(text), null, false, SlowReader.DISCONNECT);
    }

    /** @param key what is the same for messages that replace each other; {@code null} unless the policy asks for it */
    void message(Frame frame, Object key, SlowReader policy) {
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

    private void put(Frame frame, Object key, boolean droppable, SlowReader policy) {
        if (ended) {
            return;
        }
        var encoded = transport.encode(frame);
        if (writing && key != null && waiting.replace(key, encoded)) {
            countDropped();
        } else {
            waiting.add(encoded, key, droppable);
        }
        if (waiting.bytes() >= AT_ONCE || isFull()) {
            flush();
        } else if (!writing) {
            writer.take(droppable);
        }
        while (!ended && isFull()) {
            if (policy == SlowReader.DISCONNECT || !waiting.dropOldest()) {
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
        FAILURES.add("one could not be written to, and is disconnected", why);
        close(1011, "failed");
    }

    private void flush() {
        flushing = true;
        try {
            while (!writing && !ended && waiting.size() > 0) {
                writing = true;
                transport.write(waiting.take(AT_ONCE), written);
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

    /** Nothing while there is more to say. */
    void heartbeat() {
        if (!writing && !ended) {
            transport.heartbeat();
        }
    }

    /**
     * Closes once this has been written, the only thing that still is: a SockJS session that is closed forgets what it
     * has not sent.
     */
    void close(String lastWord, int code, String reason) {
        if (!ended) {
            end();
            transport.write(List.of(transport.encode(new Frame(lastWord))), () -> close(code, reason));
        }
    }

    void close(int code, String reason) {
        if (!closed) {
            closed = true;
            end();
            transport.close(code, reason);
        }
    }

    /** The socket is gone, or about to be. */
    void end() {
        ended = true;
        waiting.clear();
    }
}
