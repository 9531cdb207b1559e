package dev.busbar.web.sockjs;

import dev.busbar.config.SlowReader;
import dev.busbar.config.WebLimits;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.ArrayDeque;
import java.util.Deque;

/** What waits for one socket that does not read as fast as messages come: bounded in messages and characters. */
final class Outbox {

    /** As much as is handed to the socket without being written. */
    private static final int HANDED_OVER = 64 * 1024;

    private static final class Waiting {
        private String text;
        private final String key;
        private final boolean droppable;

        Waiting(String text, String key, boolean droppable) {
            this.text = text;
            this.key = key;
            this.droppable = droppable;
        }
    }

    private final SockJSSocket socket;
    private final WebLimits limits;
    private final Browsers browsers;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long size;
    private long handedOver;
    private long dropped;
    /** Takes nothing more. */
    private boolean ended;

    private boolean closed;

    Outbox(SockJSSocket socket, WebLimits limits, Browsers browsers) {
        this.browsers = browsers;
        this.socket = socket;
        this.limits = limits;
    }

    /** An answer, which is never dropped: a socket with too many is closed. */
    void answer(String text) {
        put(new Waiting(text, null, false), SlowReader.DISCONNECT);
    }

    /** @param key the address and routing key, for {@link SlowReader#LATEST_PER_KEY} */
    void message(String text, String key, SlowReader policy) {
        put(new Waiting(text, key, true), policy);
    }

    int queuedMessages() {
        return waiting.size();
    }

    long queuedBytes() {
        return size;
    }

    long dropped() {
        return dropped;
    }

    private void countDropped() {
        dropped++;
        browsers.dropped();
    }

    private void put(Waiting next, SlowReader policy) {
        if (ended || policy == SlowReader.LATEST_PER_KEY && replaces(next)) {
            return;
        }
        waiting.add(next);
        size += next.text.length();
        flush();
        while (!ended && (waiting.size() > limits.queueMessages() || size > limits.queueBytes())) {
            if (policy == SlowReader.DISCONNECT || !dropOldest()) {
                browsers.tooSlow();
                close(1008, "too slow");
            }
        }
    }

    private boolean replaces(Waiting next) {
        for (var it : waiting) {
            if (it.droppable && it.key.equals(next.key)) {
                size += next.text.length() - it.text.length();
                it.text = next.text;
                countDropped();
                return true;
            }
        }
        return false;
    }

    private boolean dropOldest() {
        for (var all = waiting.iterator(); all.hasNext(); ) {
            var oldest = all.next();
            if (oldest.droppable) {
                all.remove();
                size -= oldest.text.length();
                countDropped();
                return true;
            }
        }
        return false;
    }

    private void flush() {
        while (!ended && !waiting.isEmpty() && handedOver < HANDED_OVER) {
            var next = waiting.poll();
            var length = next.text.length();
            size -= length;
            handedOver += length;
            socket.write(next.text).onComplete(written -> {
                handedOver -= length;
                flush();
            });
        }
    }

    /**
     * Closes once this has been written, the only thing that still is: a SockJS session that is closed forgets what it
     * has not sent.
     */
    void close(String lastWord, int code, String reason) {
        if (!ended) {
            ended = true;
            waiting.clear();
            socket.write(lastWord).onComplete(written -> close(code, reason));
        }
    }

    void close(int code, String reason) {
        if (!closed) {
            closed = true;
            ended = true;
            waiting.clear();
            socket.close(code, reason);
        }
    }
}
