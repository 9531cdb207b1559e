package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.ShutdownSignalException;
import dev.busbar.broker.Causes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps properties and headers away that the Java client does not read: it would give up the whole connection over one
 * such message, and again when the message comes back. Those that it can read under another type it gets so; in place
 * of the others it gets a header that says why, so that the message can be refused by itself. Should the client fail
 * over a message all the same, {@link ReadFailures} hears of it.
 */
final class HeaderGuard extends ChannelInboundHandlerAdapter {

    private static final int METHOD = 1;
    private static final int CONTENT_HEADER = 2;
    private static final int BODY = 3;
    private static final int CHANNEL_AT = 1;

    private final ReadFailures failures;
    private final Map<Integer, ContentFrames> byChannel = new HashMap<>();
    private ContentFrames reading;
    private ContentFrames last;
    private int lastNumber = -1;

    HeaderGuard(ReadFailures failures) {
        this.failures = failures;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var frame = (ByteBuf) message;
        var type = frame.getByte(frame.readerIndex());
        if (type != METHOD && type != CONTENT_HEADER && type != BODY) {
            context.fireChannelRead(frame);
            return;
        }
        reading = of(frame.getUnsignedShort(frame.readerIndex() + CHANNEL_AT));
        try {
            switch (type) {
                case METHOD -> reading.method(frame);
                case BODY -> reading.body(frame);
                default -> {
                    reading.header(frame);
                    frame = header(context, frame);
                }
            }
            context.fireChannelRead(frame);
        } finally {
            reading.read();
            reading = null;
        }
    }

    /** Mostly frames of one channel follow each other. */
    private ContentFrames of(int channelNumber) {
        if (channelNumber != lastNumber) {
            lastNumber = channelNumber;
            last = byChannel.computeIfAbsent(channelNumber, number -> new ContentFrames());
        }
        return last;
    }

    private ByteBuf header(ChannelHandlerContext context, ByteBuf frame) {
        if (frame.readableBytes() < ContentFrames.HEADER_BYTES) {
            // No content header, and no fault of a message.
            return frame;
        }
        var reason = failures.setAside(reading);
        return reason == null
                ? ContentHeader.readable(context.alloc(), frame)
                : ContentHeader.unread(context.alloc(), frame, reason);
    }

    /** The connection ends: over what is being read, if something is. */
    void ended(ShutdownSignalException signal) {
        if (reading != null && reading.begun()) {
            failures.failed(reading, Causes.rootMessage(signal));
        }
    }
}
