package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.TimeUnit;

/**
 * Holds an attempt to connect, whose blocking part waits on a worker thread, and the connection that comes of it. An
 * attempt that is given up fails at once, because its socket is closed: an event loop that ended during a handshake
 * would leave the socket open.
 */
final class ConnectionAttempt {

    private static final int CLOSE_TIMEOUT_MILLIS = 1_000;

    private final ContextInternal context;
    private Future<OpenedConnection> outcome = Future.failedFuture("not begun");
    private Future<Void> closing;
    private volatile Channel socket;
    private volatile boolean givenUp;

    ConnectionAttempt(ContextInternal context) {
        this.context = context;
    }

    /** Returns an attempt that is never begun, to stand before the first one. */
    static ConnectionAttempt none(ContextInternal context) {
        return new ConnectionAttempt(context);
    }

    void begun(Future<OpenedConnection> result) {
        outcome = result;
    }

    Future<OpenedConnection> outcome() {
        return outcome;
    }

    /**
     * Gives up the attempt, or closes its connection if that is open. Idempotent, for a close may overtake an attempt.
     */
    Future<Void> close() {
        if (closing == null) {
            var pending = !outcome.isComplete();
            giveUp();
            var ended = outcome.transform(
                    result -> result.failed() ? Future.<Void>succeededFuture() : close(result.result()));
            // An attempt that is still looking up a host does not notice that its socket is closed.
            closing = pending
                    ? ended.timeout(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS).otherwiseEmpty()
                    : ended;
        }
        return closing;
    }

    private void giveUp() {
        givenUp = true;
        if (!outcome.isComplete()) {
            closeSocket();
        }
    }

    private Future<Void> close(OpenedConnection connection) {
        return context.executeBlocking(
                () -> {
                    connection.amqp().abort(AMQP.REPLY_SUCCESS, "OK", CLOSE_TIMEOUT_MILLIS);
                    return null;
                },
                false);
    }

    /** Notes the socket that the attempt uses now. Called on the socket's event loop, before it connects. */
    void uses(Channel channel) {
        socket = channel;
        if (givenUp) {
            channel.close();
        }
    }

    /** Returns the socket of the host tried last. */
    Channel socket() {
        return socket;
    }

    void closeSocket() {
        var present = socket;
        if (present != null) {
            present.close();
        }
    }

    boolean isGivenUp() {
        return givenUp;
    }
}
