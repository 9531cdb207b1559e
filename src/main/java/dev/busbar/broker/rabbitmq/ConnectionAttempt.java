package dev.busbar.broker.rabbitmq;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import java.util.concurrent.CancellationException;

/**
 * An attempt to connect, whose blocking part waits on a worker thread. Given up, it fails at once: its socket is closed
 * under it, for an event loop that ends with a handshake under way would leave the socket open.
 */
final class ConnectionAttempt {

    private Future<OpenedConnection> outcome = Future.failedFuture("not begun");
    private volatile Channel socket;
    private volatile boolean givenUp;

    static ConnectionAttempt none() {
        return new ConnectionAttempt();
    }

    void begun(Future<OpenedConnection> result) {
        outcome = result;
    }

    Future<OpenedConnection> outcome() {
        return outcome;
    }

    /** Has no effect on a connection that is open already. */
    void giveUp() {
        givenUp = true;
        if (!outcome.isComplete()) {
            closeSocket();
        }
    }

    /** On the socket's event loop, before it connects. */
    void uses(Channel channel) {
        socket = channel;
        if (givenUp) {
            channel.close();
        }
    }

    /** The socket of the host tried last. */
    Channel socket() {
        return socket;
    }

    void closeSocket() {
        var present = socket;
        if (present != null) {
            present.close();
        }
    }

    void throwIfGivenUp() {
        if (givenUp) {
            throw new CancellationException("the connection was closed before it was open");
        }
    }
}
