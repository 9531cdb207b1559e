package dev.busbar.broker.rabbitmq;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;

/**
 * Holds the Java client's work for consumers back until the socket has been read, so that the client hands over the
 * deliveries of one read at once: it prepares for 256 each time, even if it is for one.
 */
final class ReadBurst extends ChannelInboundHandlerAdapter {

    /** The client's queue of a channel takes 1000 deliveries, and a read may bring more; a full one would block. */
    private static final int MAX_DELIVERIES = 200;

    private static final int CONTENT_HEADER = 2;

    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private int deliveries;
    private volatile Thread reading;

    /** Runs the task once the read that goes on in this thread is complete, or else now. */
    void execute(Runnable task) {
        if (reading == Thread.currentThread()) {
            held.add(task);
        } else {
            task.run();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        reading = Thread.currentThread();
        var frame = (ByteBuf) message;
        if (frame.getByte(frame.readerIndex()) == CONTENT_HEADER && ++deliveries > MAX_DELIVERIES) {
            release();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = null;
        release();
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        reading = null;
        release();
        context.fireChannelInactive();
    }

    private void release() {
        deliveries = 0;
        for (var task = held.poll(); task != null; task = held.poll()) {
            task.run();
        }
    }
}
