package dev.busbar.broker.rabbitmq;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.flush.FlushConsolidationHandler;

/**
 * Gathers the frames written in one turn of the event loop and writes them at its end as one. The Java client writes
 * and flushes three or more small frames a message, each of which costs Netty more than the copy made here. Takes the
 * place of the Java client's {@link FlushConsolidationHandler}.
 */
final class FrameGatherer extends ChannelOutboundHandlerAdapter {

    /** Half of what Netty takes before it says that the socket is full. */
    private static final int ENOUGH = 32 * 1024;
    /** A larger one, or a larger body, is better sent without a copy. */
    static final int LARGE = 4 * 1024;

    private static final int SMALLEST = 256;

    private ByteBuf gathered;
    private int usual = SMALLEST;
    private boolean flushing;

    private ChannelHandlerContext socket;

    /** To be called while the channel is being made: this must be the last of the outbound handlers. */
    static void addTo(Channel channel) {
        channel.pipeline().remove(FlushConsolidationHandler.class);
        channel.pipeline().addLast(new FrameGatherer());
    }

    /** The one of this channel. */
    static FrameGatherer of(Channel channel) {
        return channel.pipeline().get(FrameGatherer.class);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        socket = context;
    }

    /** Whether there is a socket still. */
    boolean attached() {
        return !socket.isRemoved();
    }

    /** Where frames may be written, whole, behind those gathered; {@link #written()} is to follow. */
    ByteBuf open() {
        if (gathered == null) {
            gathered = socket.alloc().directBuffer(usual);
        }
        return gathered;
    }

    void written() {
        if (gathered.readableBytes() >= ENOUGH) {
            forward();
            socket.flush();
        } else {
            flush(socket);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        var frame = (ByteBuf) message;
        // The Java client looks at the promise only of an empty buffer that it writes behind its frames.
        if (!frame.isReadable() || frame.readableBytes() > LARGE) {
            forward();
            socket.write(frame, promise);
            return;
        }
        open().writeBytes(frame);
        frame.release();
        promise.trySuccess();
        if (gathered.readableBytes() >= ENOUGH) {
            forward();
            socket.flush();
        }
    }

    /** Passes what is gathered on to the socket, without a flush. */
    private void forward() {
        if (gathered != null) {
            var frames = gathered;
            gathered = null;
            usual = Math.max(SMALLEST, frames.readableBytes());
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
