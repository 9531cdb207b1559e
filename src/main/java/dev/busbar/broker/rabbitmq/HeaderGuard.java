package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.ShutdownSignalException;
import dev.busbar.broker.Causes;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps properties and headers that the Java client cannot read away from it: the client would give up the whole
 * connection over one such message, and again when the message comes back. Headers that the client can read under
 * another type are given that type. Other properties are replaced by a header that says why, so that the message can be
 * refused by itself. If the client fails over a message all the same, {@link ReadFailures} is told.
 */
final class HeaderGuard extends ChannelInboundHandlerAdapter {

    private static final int METHOD_FRAME = 1;
    private static final int HEADER_FRAME = 2;
    private static final int BODY_FRAME = 3;
    private static final int CHANNEL_AT = 1;

    private final ReadFailures failures;
    private final Map<Integer, ContentFrames> byChannel = new HashMap<>();
    private ContentFrames reading;
    private ContentFrames lastFrames;
    private int lastChannelNumber = -1;

    HeaderGuard(ReadFailures failures) {
        this.failures = failures;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var frame = (ByteBuf) message;
        var type = frame.getByte(frame.readerIndex());
        if (type != METHOD_FRAME && type != HEADER_FRAME && type != BODY_FRAME) {
            context.fireChannelRead(frame);
            return;
        }
        reading = of(frame.getUnsignedShort(frame.readerIndex() + CHANNEL_AT));
        try {
            switch (type) {
                case METHOD_FRAME -> reading.method(frame);
                case BODY_FRAME -> reading.body(frame);
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

    /**
     * Returns the frames of a channel. Looks at the last channel first, because frames of one channel mostly follow
     * each other.
     */
    private ContentFrames of(int channelNumber) {
        if (channelNumber != lastChannelNumber) {
            lastChannelNumber = channelNumber;
            lastFrames = byChannel.computeIfAbsent(channelNumber, number -> new ContentFrames());
        }
        return lastFrames;
    }

    private ByteBuf header(ChannelHandlerContext context, ByteBuf frame) {
        if (frame.readableBytes() < ContentFrames.MIN_HEADER_FRAME_BYTES) {
            // Too short for a content header, which is no fault of a message.
            return frame;
        }
        var reason = failures.setAside(reading);
        return reason == null
                ? ContentHeader.readable(context.alloc(), frame)
                : ContentHeader.unread(context.alloc(), frame, reason);
    }

    /** Reports the message that is being read, if there is one, because the connection ends over it. */
    void ended(ShutdownSignalException signal) {
        if (reading != null && reading.begun()) {
            failures.failed(reading, Causes.rootMessage(signal));
        }
    }
}
