package dev.busbar.broker.rabbitmq;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;

/**
 * Holds the Java client's work for consumers back until the socket has been read, so that the client hands over the
 * deliveries of one read at once: it prepares for 256 deliveries each time, even for a single one.
 */
final class ReadBurst extends ChannelInboundHandlerAdapter {

    /**
     * The most deliveries held back. The client's queue of a channel takes 1000, and a read may bring more; a full
     * queue would block.
     */
    private static final int MAX_HELD_DELIVERIES = 200;

    private static final int HEADER_FRAME = 2;

    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private int deliveries;
    private boolean reading;
    private volatile EventExecutor loop;

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        loop = context.executor();
    }

    /**
     * Runs the task on the event loop, once the present read is complete. Tasks of another thread, which closes a
     * channel, run there too: each takes what is first in the client's queues, which may be another channel's
     * deliveries.
     */
    void execute(Runnable task) {
        if (!loop.inEventLoop()) {
            executeOnLoop(task);
        } else if (reading) {
            held.add(task);
        } else {
            task.run();
        }
    }

    private void executeOnLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            // The event loop has ended, so the task disturbs nobody on it.
            task.run();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        reading = true;
        var frame = (ByteBuf) message;
        if (frame.getByte(frame.readerIndex()) == HEADER_FRAME && ++deliveries > MAX_HELD_DELIVERIES) {
            release();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        reading = false;
        release();
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        reading = false;
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
