package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.BrokerException;
import io.vertx.core.Handler;
import io.vertx.core.streams.ReadStream;
import java.util.ArrayDeque;

/**
 * Passes items that are added to it on to a handler. Without a handler it drops them. While paused it keeps items up to
 * a limit; one more ends the stream through its exception handler, since a gap would go unnoticed. Confined to the
 * event loop.
 */
final class PausableStream<T> implements ReadStream<T> {

    private final int limit;
    private final String things;
    private final ArrayDeque<T> waiting = new ArrayDeque<>();
    private Handler<T> handler;
    private Handler<Throwable> exceptionHandler;
    private Handler<Void> endHandler;
    private long demand = Long.MAX_VALUE;
    private boolean draining;
    private boolean ended;

    /**
     * Makes a stream that is not paused.
     *
     * @param limit the number of items kept while paused
     * @param things the plural of what flows here, for messages
     */
    PausableStream(int limit, String things) {
        this.limit = limit;
        this.things = things;
    }

    void add(T item) {
        if (ended || (handler == null && demand > 0)) {
            return;
        }
        waiting.add(item);
        drain();
        if (waiting.size() > limit) {
            overflow();
        }
    }

    private void overflow() {
        ended = true;
        waiting.clear();
        if (exceptionHandler != null) {
            exceptionHandler.handle(new BrokerException(
                    BrokerException.Kind.LIMIT,
                    "more than " + limit + " " + things + " wait to be read: read faster, or allow more"));
        }
        if (endHandler != null) {
            endHandler.handle(null);
        }
    }

    private void drain() {
        // Prevents recursion: a handler that fetches the next item would deepen the stack with each.
        if (draining) {
            return;
        }
        draining = true;
        try {
            while (demand > 0 && handler != null && !waiting.isEmpty()) {
                if (demand != Long.MAX_VALUE) {
                    demand--;
                }
                handler.handle(waiting.poll());
            }
        } finally {
            draining = false;
        }
    }

    @Override
    public PausableStream<T> exceptionHandler(Handler<Throwable> newHandler) {
        exceptionHandler = newHandler;
        return this;
    }

    @Override
    public PausableStream<T> handler(Handler<T> newHandler) {
        handler = newHandler;
        drain();
        return this;
    }

    @Override
    public PausableStream<T> pause() {
        demand = 0;
        return this;
    }

    @Override
    public PausableStream<T> resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public PausableStream<T> fetch(long amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("cannot fetch " + amount + " " + things + ": fetch none or more");
        }
        demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
        drain();
        return this;
    }

    @Override
    public PausableStream<T> endHandler(Handler<Void> newHandler) {
        endHandler = newHandler;
        return this;
    }
}
