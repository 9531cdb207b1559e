package dev.busbar.wamp;

import dev.busbar.socket.Turn;
import dev.busbar.socket.WebSocketFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes to one client, in order: all of one {@link Turn} in one write, past Vert.x, to which each message would be
 * one. On the event loop of the socket.
 */
final class Outbox implements Turn.Writer {

    private static final Logger LOG = LoggerFactory.getLogger(WampServer.class);

    private static final byte[] NOTHING = {};
    /** As much as is written in one go. */
    private static final int AT_ONCE = 64 * 1024;

    private static final int SMALLEST = 512;

    private final ChannelHandlerContext channel;
    private final Turn turn;
    private final long most;
    private final Executor session;
    private final Consumer<Throwable> failed;
    private final ArrayDeque<Runnable> waitingForRoom = new ArrayDeque<>();
    private ByteBuf gathered;
    /** In bytes, with what is gathered. */
    private long unwritten;

    private boolean due;
    private boolean urgent;
    private boolean ended;

    /**
     * @param channel of the handler that Vert.x has for the WebSocket
     * @param most bytes that may wait
     * @param session where the session is called, at once if it can be
     * @param failed called there if something cannot be written
     */
    Outbox(ChannelHandlerContext channel, Turn turn, long most, Executor session, Consumer<Throwable> failed) {
        this.channel = channel;
        this.turn = turn;
        this.most = most;
        this.session = session;
        this.failed = failed;
    }

    /** At the end of this turn. */
    void answer(String text) {
        put(text.getBytes(StandardCharsets.UTF_8), NOTHING, false);
    }

    /** When a pause after other events is over. */
    void event(byte[] head, byte[] rest) {
        put(head, rest, true);
    }

    private void put(byte[] head, byte[] rest, boolean patient) {
        if (ended) {
            return;
        }
        if (gathered == null) {
            gathered = channel.alloc().directBuffer(Math.max(SMALLEST, head.length + rest.length + 16));
        }
        var before = gathered.readableBytes();
        WebSocketFrames.text(gathered, head, rest);
        unwritten += gathered.readableBytes() - before;
        if (gathered.readableBytes() >= AT_ONCE) {
            write();
        } else if (!patient && !urgent) {
            urgent = true;
            turn.addUrgent(this);
        } else if (patient && !due) {
            due = true;
            turn.add(this);
        }
    }

    @Override
    public void turnEnds(boolean urgently) {
        if (urgently) {
            urgent = false;
        } else {
            due = false;
        }
        write();
    }

    @Override
    public void failed(Throwable why) {
        LOG.error("a WAMP client could not be written to, and is disconnected", why);
        session.execute(() -> failed.accept(why));
    }

    private void write() {
        if (gathered != null) {
            var batch = gathered;
            var bytes = batch.readableBytes();
            gathered = null;
            channel.writeAndFlush(batch).addListener(ignored -> written(bytes));
        }
    }

    private void written(int bytes) {
        unwritten -= bytes;
        if (hasRoom() && !waitingForRoom.isEmpty()) {
            session.execute(this::useRoom);
        }
    }

    private void useRoom() {
        while (!ended && hasRoom() && !waitingForRoom.isEmpty()) {
            waitingForRoom.poll().run();
        }
    }

    long unwritten() {
        return unwritten;
    }

    boolean isFull() {
        return unwritten > most;
    }

    boolean hasRoom() {
        return unwritten < most / 2;
    }

    void whenRoom(Runnable work) {
        waitingForRoom.add(work);
    }

    /** Writes what it has, and takes nothing more. */
    void end() {
        ended = true;
        write();
    }
}
