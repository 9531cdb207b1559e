package dev.busbar.wamp;

import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import dev.busbar.socket.FlushScheduler;
import dev.busbar.socket.WebSocketInput;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.ContextInternal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * The WebSocket of one client: disconnects a client that does not read or no longer answers pings. Confined to the
 * event loop of the socket.
 */
final class WampSocket implements WampTransport {

    private static final Logger LOG = CleanLogger.of(WampSocket.class);
    private static final ThrottledLog SLOW_CLIENTS = new ThrottledLog(LOG, Level.WARN, "WAMP");
    private static final ThrottledLog DISCONNECTED_CLIENTS = new ThrottledLog(LOG, Level.INFO, "WAMP");

    private static final short CLOSE_NORMAL = 1000;
    private static final short CLOSE_NOT_TEXT = 1003;
    private static final short CLOSE_POLICY = 1008;
    private static final short CLOSE_TOO_LONG = 1009;
    private static final short CLOSE_FAILED = 1011;
    private static final String TOO_LONG_REASON = "longer than wamp.limits.message";

    /** How long a client has to read what it has been sent and to answer the close frame. */
    private static final long CLOSE_TIMEOUT_MILLIS = 5_000;

    private final Vertx vertx;
    private final WampContext shared;
    private final ServerWebSocket socket;
    private final ChannelHandlerContext channel;
    private final WampOutbox outbox;
    private final Consumer<WampSocket> onClosed;
    private final WampSession session;
    private long lastHeardNanos = System.nanoTime();
    private boolean held;
    private boolean closing;

    /**
     * @param channel the context of Vert.x's handler of the WebSocket
     * @param onClosed called when the socket is closed, at least once
     */
    WampSocket(
            Vertx vertx,
            WampContext shared,
            ServerWebSocket socket,
            ChannelHandlerContext channel,
            FlushScheduler flushes,
            Consumer<WampSocket> onClosed) {
        this.vertx = vertx;
        this.shared = shared;
        this.socket = socket;
        this.channel = channel;
        this.onClosed = onClosed;
        var context = (ContextInternal) vertx.getOrCreateContext();
        outbox = new WampOutbox(
                channel,
                flushes,
                shared.limits().queueBytes(),
                action -> context.emit(action, Runnable::run),
                failure -> close(CLOSE_FAILED, "failed"));
        session = new WampSession(shared, this);
    }

    void open() {
        var timeout = shared.limits().helloTimeout();
        var deadline = vertx.setTimer(timeout.toMillis(), id -> {
            if (!session.isJoined()) {
                close(CLOSE_POLICY, "no session within " + timeout.toMillis() + " ms");
            }
        });
        socket.closeHandler(ignored -> {
            vertx.cancelTimer(deadline);
            closed();
        });
        socket.exceptionHandler(this::failed);
        socket.pongHandler(ignored -> lastHeardNanos = System.nanoTime());
        socket.textMessageHandler(this::received);
        socket.binaryMessageHandler(ignored -> notText());
    }

    /** Checks the length here, because the HTTP port accepts longer messages, see {@link WampServer#maxReadBytes}. */
    private void received(String text) {
        lastHeardNanos = System.nanoTime();
        var maxBytes = shared.limits().messageBytes();
        if (ByteBufUtil.utf8Bytes(text) <= maxBytes) {
            session.received(text);
        } else if (session.isJoined()) {
            session.receivedTooLong(text, maxBytes);
        } else {
            close(CLOSE_TOO_LONG, TOO_LONG_REASON);
        }
    }

    private void notText() {
        session.abort(WampServer.SUBPROTOCOL + " is text, and this was a binary message");
        close(CLOSE_NOT_TEXT, "text only");
    }

    /**
     * Closes the socket because a message is longer than the port permits, or is no WebSocket frame. A lost connection
     * is only logged here: the close handler deals with it.
     */
    private void failed(Throwable failure) {
        if (socket.isClosed() || failure instanceof IOException) {
            LOG.debug("WAMP session {} ({}): {}", session.id(), socket.remoteAddress(), failure.toString());
        } else {
            var code = (short) WebSocketInput.closeStatus(failure).code();
            close(code, code == CLOSE_TOO_LONG ? TOO_LONG_REASON : WebSocketInput.reason(failure));
        }
    }

    private void closed() {
        closing = true;
        outbox.end();
        session.closed();
        onClosed.accept(this);
    }

    @Override
    public void send(String message) {
        outbox.message(message);
        disconnectIfFull();
    }

    @Override
    public void event(byte[] head, byte[] rest, boolean mayDelay) {
        outbox.event(head, rest, mayDelay);
        disconnectIfFull();
    }

    private void disconnectIfFull() {
        if (!closing && outbox.isFull()) {
            shared.counts().tooSlow.increment();
            SLOW_CLIENTS.add("session " + session.id() + " (" + session.name() + ", " + socket.remoteAddress()
                    + ") is disconnected because its client does not read: " + outbox.unwrittenBytes()
                    + " bytes wait for it (wamp.limits.queueBytes)");
            close(CLOSE_POLICY, "too slow");
        }
    }

    @Override
    public boolean hasRoom() {
        return outbox.hasRoom();
    }

    @Override
    public void whenRoom(Runnable action) {
        outbox.whenRoom(action);
    }

    @Override
    public void hold() {
        held = true;
        socket.pause();
    }

    @Override
    public void release() {
        held = false;
        restartSilence();
        socket.resume();
    }

    @Override
    public void close(String reason) {
        close(CLOSE_NORMAL, reason);
    }

    /** Closes the socket, and the connection after a time-out: a client that does not read never ends the handshake. */
    private void close(short code, String reason) {
        if (!closing) {
            closing = true;
            outbox.end();
            log(code, reason);
            vertx.setTimer(CLOSE_TIMEOUT_MILLIS, id -> closeConnection());
            socket.close(code, reason);
            session.closed();
        }
    }

    private void log(short code, String reason) {
        if (session.master() != null) {
            LOG.warn(
                    "Buildbot master {} ({}) is disconnected: {}{}",
                    session.master().id(),
                    socket.remoteAddress(),
                    reason,
                    code == CLOSE_NORMAL ? "" : ". It does not come back by itself: restart it");
        } else if (code != CLOSE_NORMAL) {
            DISCONNECTED_CLIENTS.add("session " + session.id() + " (" + session.name() + ", " + socket.remoteAddress()
                    + ") is disconnected: " + reason);
        }
    }

    /**
     * Closes the connection from the first handler of its pipeline, so that no handler of Vert.x waits for the client
     * once more. A closed connection has no handler.
     */
    private void closeConnection() {
        var first = channel.pipeline().firstContext();
        if (first != null) {
            first.close();
        }
    }

    /** Measures the client's silence from now on, because Busbar itself did not listen before. */
    void restartSilence() {
        lastHeardNanos = System.nanoTime();
    }

    /** Sends a ping, or closes the socket after too long a silence. Spares a client whose messages are not read. */
    void ping() {
        if (held || closing) {
            return;
        }
        var timeout = shared.limits().pingTimeout();
        if (System.nanoTime() - lastHeardNanos > timeout.toNanos()) {
            close(CLOSE_POLICY, "silent for more than " + timeout.toMillis() + " ms, wamp.limits.pingTimeout");
        } else {
            socket.writePing(Buffer.buffer("busbar".getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
