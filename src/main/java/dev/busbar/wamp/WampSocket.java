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

/** One client's WebSocket: disconnects who does not read, and finds out whether anybody is there. */
final class WampSocket implements WampTransport {

    private static final Logger LOG = CleanLogger.of(WampSocket.class);
    private static final ThrottledLog SLOW = new ThrottledLog(LOG, Level.WARN, "WAMP");
    private static final ThrottledLog ENDED = new ThrottledLog(LOG, Level.INFO, "WAMP");

    private static final short NORMAL = 1000;
    private static final short NOT_TEXT = 1003;
    private static final short POLICY = 1008;
    private static final short TOO_LONG = 1009;
    private static final short FAILED = 1011;
    private static final String TOO_LONG_REASON = "longer than wamp.limits.message";

    /** For a client to take what it has been sent, and to agree to the close. */
    private static final long CLOSING_MILLIS = 5_000;

    private final Vertx vertx;
    private final Router router;
    private final ServerWebSocket socket;
    private final ChannelHandlerContext channel;
    private final WampOutbox outbox;
    private final Consumer<WampSocket> gone;
    private final WampSession session;
    private long heard = System.nanoTime();
    private boolean held;
    private boolean closing;

    /**
     * @param channel of the handler that Vert.x has for the WebSocket
     * @param gone told once or more when it is closed
     */
    WampSocket(
            Vertx vertx,
            Router router,
            ServerWebSocket socket,
            ChannelHandlerContext channel,
            FlushScheduler flushes,
            Consumer<WampSocket> gone) {
        this.vertx = vertx;
        this.router = router;
        this.socket = socket;
        this.channel = channel;
        this.gone = gone;
        var context = (ContextInternal) vertx.getOrCreateContext();
        outbox = new WampOutbox(
                channel,
                flushes,
                router.config().limits().queueBytes(),
                work -> context.emit(work, Runnable::run),
                failure -> close(FAILED, "failed"));
        session = new WampSession(router, this);
    }

    void open() {
        var patience = router.config().limits().helloTimeout();
        var deadline = vertx.setTimer(patience.toMillis(), id -> {
            if (!session.isJoined()) {
                close(POLICY, "no session within " + patience.toMillis() + " ms");
            }
        });
        socket.closeHandler(ignored -> {
            vertx.cancelTimer(deadline);
            closed();
        });
        socket.exceptionHandler(this::failed);
        socket.pongHandler(ignored -> heard = System.nanoTime());
        socket.textMessageHandler(this::received);
        socket.binaryMessageHandler(ignored -> notText());
    }

    /** The port's own limit is the higher one. */
    private void received(String text) {
        heard = System.nanoTime();
        var most = router.config().limits().messageBytes();
        if (ByteBufUtil.utf8Bytes(text) <= most) {
            session.received(text);
        } else if (session.isJoined()) {
            session.receivedTooLong(text, most);
        } else {
            close(TOO_LONG, TOO_LONG_REASON);
        }
    }

    private void notText() {
        session.abort(WampServer.SUBPROTOCOL + " is text, and this was a binary message");
        close(NOT_TEXT, "text only");
    }

    /** What is longer than the port permits, or no WebSocket frame; the end of the connection is told elsewhere. */
    private void failed(Throwable failure) {
        if (socket.isClosed() || failure instanceof IOException) {
            LOG.debug("WAMP session {} ({}): {}", session.id(), socket.remoteAddress(), failure.toString());
        } else {
            var code = (short) WebSocketInput.closeStatus(failure).code();
            close(code, code == TOO_LONG ? TOO_LONG_REASON : WebSocketInput.reason(failure));
        }
    }

    private void closed() {
        closing = true;
        outbox.end();
        session.closed();
        gone.accept(this);
    }

    @Override
    public void send(String message) {
        outbox.answer(message);
        disconnectIfFull();
    }

    @Override
    public void event(byte[] head, byte[] rest, boolean patient) {
        outbox.event(head, rest, patient);
        disconnectIfFull();
    }

    private void disconnectIfFull() {
        if (!closing && outbox.isFull()) {
            router.counts().tooSlow.increment();
            SLOW.add("session " + session.id() + " (" + session.name() + ", " + socket.remoteAddress()
                    + ") does not read: " + outbox.unwritten()
                    + " bytes wait for it (wamp.limits.queueBytes); it is disconnected");
            close(POLICY, "too slow");
        }
    }

    @Override
    public boolean hasRoom() {
        return outbox.hasRoom();
    }

    @Override
    public void whenRoom(Runnable work) {
        outbox.whenRoom(work);
    }

    @Override
    public void hold() {
        held = true;
        socket.pause();
    }

    @Override
    public void release() {
        held = false;
        excuse();
        socket.resume();
    }

    @Override
    public void close(String reason) {
        close(NORMAL, reason);
    }

    /**
     * One that reads nothing any more would never be done with closing; from the first handler on none of Vert.x's
     * waits for that.
     */
    private void close(short code, String reason) {
        if (!closing) {
            closing = true;
            outbox.end();
            tell(code, reason);
            vertx.setTimer(CLOSING_MILLIS, id -> end());
            socket.close(code, reason);
            session.closed();
        }
    }

    private void tell(short code, String reason) {
        if (session.master() != null) {
            LOG.warn(
                    "Buildbot master {} ({}) is disconnected: {}{}",
                    session.master().id(),
                    socket.remoteAddress(),
                    reason,
                    code == NORMAL ? "" : ". It does not come back by itself: restart it");
        } else if (code != NORMAL) {
            ENDED.add("session " + session.id() + " (" + session.name() + ", " + socket.remoteAddress()
                    + ") is disconnected: " + reason);
        }
    }

    /** From the first handler on, past Vert.x, which would wait once more; there is none if it is closed. */
    private void end() {
        var first = channel.pipeline().firstContext();
        if (first != null) {
            first.close();
        }
    }

    /** Its silence so far was not its own. */
    void excuse() {
        heard = System.nanoTime();
    }

    /** One that is not read from cannot be heard. */
    void ping() {
        if (held || closing) {
            return;
        }
        var patience = router.config().limits().pingTimeout();
        if (System.nanoTime() - heard > patience.toNanos()) {
            close(POLICY, "silent for more than " + patience.toMillis() + " ms, wamp.limits.pingTimeout");
        } else {
            socket.writePing(Buffer.buffer("busbar".getBytes(StandardCharsets.US_ASCII)));
        }
    }
}
