package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.flush.FlushConsolidationHandler;

/**
 * Gathers the frames written in one turn of the event loop and writes them at its end as one buffer. The Java client
 * writes and flushes three or more small frames a message, each of which costs Netty more than the copy made here.
 * Takes the place of the Java client's {@link FlushConsolidationHandler}.
 */
final class FrameGatherer extends ChannelOutboundHandlerAdapter {

    /**
     * The size of gathered frames that is written at once: half of what Netty takes before it says that the socket is
     * full.
     */
    private static final int FORWARD_AT_BYTES = 32 * 1024;
    /** The largest frame or body that is copied; a larger one is better sent without a copy. */
    static final int MAX_COPIED_BYTES = 4 * 1024;

    private static final int MIN_BUFFER_BYTES = 256;

    /** Frame type, channel and size come before class and method, and one byte after them (AMQP 0-9-1, 4.2.3). */
    private static final int METHOD_OFFSET = 7;

    private static final int CLOSE_OK_FRAME_BYTES = METHOD_OFFSET + Integer.BYTES + 1;
    /** Class 20, method 41. */
    private static final int CHANNEL_CLOSE_OK = 20 << Short.SIZE | 41;

    private ByteBuf gathered;
    private int bufferBytes = MIN_BUFFER_BYTES;
    private boolean flushing;

    private ChannelHandlerContext socket;

    /** Adds a gatherer to a channel that is being made. It must be the last of the outbound handlers. */
    static void addTo(Channel channel) {
        channel.pipeline().remove(FlushConsolidationHandler.class);
        channel.pipeline().addLast(new FrameGatherer());
    }

    /** Returns the gatherer of a channel. */
    static FrameGatherer of(Channel channel) {
        return channel.pipeline().get(FrameGatherer.class);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        socket = context;
    }

    /** Returns whether the gatherer still has a socket. */
    boolean attached() {
        return !socket.isRemoved();
    }

    /**
     * Returns the buffer to which whole frames may be written, behind those gathered. A call of {@link #written()} has
     * to follow.
     */
    ByteBuf open() {
        if (gathered == null) {
            gathered = socket.alloc().directBuffer(bufferBytes);
        }
        return gathered;
    }

    /** Notes that whole frames have been written to the buffer of {@link #open()}. */
    void written() {
        if (gathered.readableBytes() >= FORWARD_AT_BYTES) {
            forward();
            socket.flush();
        } else {
            flush(socket);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        var frame = (ByteBuf) message;
        if (endsChannel(frame)) {
            writeBehindCommands(frame);
            promise.trySuccess();
        } else {
            gather(frame, promise);
        }
    }

    /** Returns whether the frame is {@code channel.close-ok}, the last one of a channel that the broker closes. */
    private static boolean endsChannel(ByteBuf frame) {
        return frame.readableBytes() == CLOSE_OK_FRAME_BYTES
                && frame.getByte(frame.readerIndex()) == AMQP.FRAME_METHOD
                && frame.getInt(frame.readerIndex() + METHOD_OFFSET) == CHANNEL_CLOSE_OK;
    }

    /**
     * Writes the last frame of a channel behind the commands that worker threads have sent on that channel and that
     * wait for their turn of the event loop. RabbitMQ ignores what comes before the frame, and ends the whole
     * connection (504) over what comes after it.
     */
    private void writeBehindCommands(ByteBuf frame) {
        socket.executor().execute(() -> {
            if (socket.isRemoved()) {
                frame.release();
            } else {
                gather(frame, socket.voidPromise());
                flush(socket);
            }
        });
    }

    private void gather(ByteBuf frame, ChannelPromise promise) {
        // The Java client looks at the promise only of an empty buffer that it writes behind its frames.
        if (!frame.isReadable() || frame.readableBytes() > MAX_COPIED_BYTES) {
            forward();
            socket.write(frame, promise);
            return;
        }
        open().writeBytes(frame);
        frame.release();
        promise.trySuccess();
        if (gathered.readableBytes() >= FORWARD_AT_BYTES) {
            forward();
            socket.flush();
        }
    }

    /** Passes the gathered frames on to the socket, without a flush. */
    private void forward() {
        if (gathered != null) {
            var frames = gathered;
            gathered = null;
            bufferBytes = Math.max(MIN_BUFFER_BYTES, frames.readableBytes());
            socket.write(frames, socket.voidPromise());
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (!flushing) {
            flushing = true;
            socket.executor().execute(() -> {
                flushing = false;
                if (!socket.isRemoved()) {
                    forward();
                    socket.flush();
                }
            });
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        forward();
        socket.flush();
        socket.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
    }
}
