package dev.busbar.wamp;

import dev.busbar.log.CleanLogger;
import dev.busbar.log.ThrottledLog;
import dev.busbar.socket.FlushScheduler;
import dev.busbar.socket.WebSocketFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.event.Level;

/**
 * What goes to one client, in order: all of one {@link FlushScheduler} in one write, past Vert.x, to which each message
 * would be one. On the event loop of the socket.
 */
final class WampOutbox {

    private static final ThrottledLog FAILURES =
            new ThrottledLog(CleanLogger.of(WampOutbox.class), Level.ERROR, "WAMP");

    private static final byte[] NOTHING = {};
    /** As much as is written in one go. */
    private static final int AT_ONCE = 64 * 1024;

    private static final int SMALLEST = 512;
    /** Of a frame; those of further parts make the buffer grow. */
    private static final int HEADER = 4;

    private final ChannelHandlerContext channel;
    private final FlushScheduler.Writer writer;
    private final long most;
    private final Executor session;
    private final Consumer<Throwable> failed;
    private final ArrayDeque<Runnable> waitingForRoom = new ArrayDeque<>();
    /** Each as much as is written in one go; behind them what is being gathered. */
    private final ArrayDeque<ByteBuf> full = new ArrayDeque<>();

    private ByteBuf gathered;
    /** In bytes, with what is gathered. */
    private long unwritten;
    /** One is on its way, and the socket is the slower one. */
    private boolean writing;

    private boolean ended;

    /**
     * @param channel of the handler that Vert.x has for the WebSocket
     * @param most bytes that may wait
     * @param session where the session is called, at once if it can be
     * @param failed called there if something cannot be written
     */
    WampOutbox(
            ChannelHandlerContext channel,
            FlushScheduler flushes,
            long most,
            Executor session,
            Consumer<Throwable> failed) {
        this.channel = channel;
        this.writer = flushes.seat(this::write, this::failed);
        this.most = most;
        this.session = session;
        this.failed = failed;
    }

    /** At the end of this turn. */
    void answer(String text) {
        put(text.getBytes(StandardCharsets.UTF_8), NOTHING, false);
    }

    /** @param patient whether it may wait for a pause after other events to end */
    void event(byte[] head, byte[] rest, boolean patient) {
        put(head, rest, patient);
    }

    private void put(byte[] head, byte[] rest, boolean patient) {
        if (ended || !gather(head, rest)) {
            return;
        }
        if (gathered.readableBytes() >= AT_ONCE) {
            full.add(gathered);
            gathered = null;
            write();
        } else if (isFull()) {
            write();
        } else {
            writer.take(patient);
        }
    }

    /** Whole, or not at all. */
    private boolean gather(byte[] head, byte[] rest) {
        var before = gathered == null ? 0 : gathered.writerIndex();
        try {
            if (gathered == null) {
                gathered = channel.alloc().directBuffer(Math.max(SMALLEST, head.length + rest.length + HEADER));
            }
            WebSocketFrames.text(gathered, head, rest);
            unwritten += gathered.writerIndex() - before;
            return true;
        } catch (RuntimeException | OutOfMemoryError e) {
            if (gathered != null) {
                gathered.writerIndex(before);
            }
            failed(e);
            return false;
        }
    }

    private void failed(Throwable why) {
        FAILURES.add("a client could not be written to, and is disconnected", why);
        session.execute(() -> failed.accept(why));
    }

    private void write() {
        if (!writing) {
            writeNext();
        }
    }

    private boolean writeNext() {
        var next = full.poll();
        if (next == null) {
            next = gathered;
            gathered = null;
        }
        if (next == null) {
            return false;
        }
        var bytes = next.readableBytes();
        writing = true;
        channel.writeAndFlush(next).addListener(ignored -> written(bytes));
        return true;
    }

    /**
     * More goes out in a turn of its own: while the socket is full, Vert.x holds back pings, pongs and the close, and
     * Netty calls this before it says that the socket is not.
     */
    private void written(int bytes) {
        writing = false;
        unwritten -= bytes;
        if (gathered != null || !full.isEmpty() || !waitingForRoom.isEmpty()) {
            channel.executor().execute(this::goOn);
        }
    }

    private void goOn() {
        write();
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

    /** Writes what it has, before any close that follows, and takes nothing more. */
    void end() {
        ended = true;
        while (writeNext()) {}
    }
}
