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
 * Buffers the messages to one client and writes them in order. Everything that is gathered until the
 * {@link FlushScheduler} calls goes out in one write to Netty; Vert.x would write each message for itself. Confined to
 * the event loop of the socket.
 */
final class WampOutbox {

    private static final ThrottledLog FAILURES =
            new ThrottledLog(CleanLogger.of(WampOutbox.class), Level.ERROR, "WAMP");

    private static final byte[] NOTHING = {};
    /** A chunk of this length is written without waiting for the scheduler. */
    private static final int CHUNK_BYTES = 64 * 1024;

    private static final int MIN_BUFFER_BYTES = 512;
    /** The longest header of a frame; the headers of further frames of one message make the buffer grow. */
    private static final int FRAME_HEADER_BYTES = 4;

    private final ChannelHandlerContext channel;
    private final FlushScheduler.Writer writer;
    private final long maxUnwrittenBytes;
    private final Executor sessionContext;
    private final Consumer<Throwable> onFailure;
    private final ArrayDeque<Runnable> waitingForRoom = new ArrayDeque<>();
    /** Full chunks that wait to be written; the chunk being gathered comes after them. */
    private final ArrayDeque<ByteBuf> fullChunks = new ArrayDeque<>();

    private ByteBuf gathered;
    /** Includes what is being gathered and what is being written. */
    private long unwrittenBytes;
    /** Whether a write has not completed yet; the next begins after it. */
    private boolean writing;

    private boolean ended;

    /**
     * @param channel the context of Vert.x's handler of the WebSocket
     * @param maxUnwrittenBytes how many bytes may wait before {@link #isFull} says so
     * @param sessionContext runs what calls the session, at once if it can
     * @param onFailure called on the session's context if something cannot be written
     */
    WampOutbox(
            ChannelHandlerContext channel,
            FlushScheduler flushes,
            long maxUnwrittenBytes,
            Executor sessionContext,
            Consumer<Throwable> onFailure) {
        this.channel = channel;
        this.writer = flushes.writer(this::write, this::failed);
        this.maxUnwrittenBytes = maxUnwrittenBytes;
        this.sessionContext = sessionContext;
        this.onFailure = onFailure;
    }

    /** Sends a message at the end of this turn of the event loop. */
    void message(String text) {
        put(text.getBytes(StandardCharsets.UTF_8), NOTHING, false);
    }

    /** Sends an event at the end of this turn, or with other events later if it may be delayed. */
    void event(byte[] head, byte[] rest, boolean mayDelay) {
        put(head, rest, mayDelay);
    }

    private void put(byte[] head, byte[] rest, boolean mayDelay) {
        if (ended || !gather(head, rest)) {
            return;
        }
        if (gathered.readableBytes() >= CHUNK_BYTES) {
            fullChunks.add(gathered);
            gathered = null;
            write();
        } else if (isFull()) {
            write();
        } else {
            writer.requestFlush(mayDelay);
        }
    }

    /** Appends the message as a frame; leaves the chunk as it was if that fails. */
    private boolean gather(byte[] head, byte[] rest) {
        var before = gathered == null ? 0 : gathered.writerIndex();
        try {
            if (gathered == null) {
                gathered = channel.alloc()
                        .directBuffer(Math.max(MIN_BUFFER_BYTES, head.length + rest.length + FRAME_HEADER_BYTES));
            }
            WebSocketFrames.text(gathered, head, rest);
            unwrittenBytes += gathered.writerIndex() - before;
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
        FAILURES.add("a client is disconnected because writing to it failed", why);
        sessionContext.execute(() -> onFailure.accept(why));
    }

    private void write() {
        if (!writing) {
            writeNext();
        }
    }

    private boolean writeNext() {
        var next = fullChunks.poll();
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
     * Writes the next chunk in a turn of its own. While the socket is full, Vert.x holds back pings, pongs and the
     * close frame, and Netty calls this before it says that the socket is writable again: they shall go first.
     */
    private void written(int bytes) {
        writing = false;
        unwrittenBytes -= bytes;
        if (gathered != null || !fullChunks.isEmpty() || !waitingForRoom.isEmpty()) {
            channel.executor().execute(this::continueWriting);
        }
    }

    private void continueWriting() {
        write();
        if (hasRoom() && !waitingForRoom.isEmpty()) {
            sessionContext.execute(this::useRoom);
        }
    }

    private void useRoom() {
        while (!ended && hasRoom() && !waitingForRoom.isEmpty()) {
            waitingForRoom.poll().run();
        }
    }

    long unwrittenBytes() {
        return unwrittenBytes;
    }

    boolean isFull() {
        return unwrittenBytes > maxUnwrittenBytes;
    }

    boolean hasRoom() {
        return unwrittenBytes < maxUnwrittenBytes / 2;
    }

    /** Calls the action on the session's context once a write has made room. */
    void whenRoom(Runnable action) {
        waitingForRoom.add(action);
    }

    /** Writes all that waits, before any close frame that follows, and accepts nothing more. */
    void end() {
        ended = true;
        while (writeNext()) {}
    }
}
