package dev.busbar.broker.rabbitmq;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/**
 * Looks at the first bytes that a server sends, so that a server that speaks another protocol can be named. AMQP 0-9-1
 * opens with a method frame on channel 0 (specification section 2.3.5), or with {@code AMQP} and the version that the
 * server would speak.
 */
final class RabbitMqGreeting extends ChannelInboundHandlerAdapter {

    private static final int MAX_SHOWN_BYTES = 40;
    private volatile String foreign;

    /**
     * Returns the first words of a server that is no AMQP 0-9-1 broker, printable; {@code null} if the server has said
     * nothing odd.
     */
    String foreign() {
        return foreign;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        var frame = bytes.readableBytes() >= 3
                && bytes.getByte(bytes.readerIndex()) == 1
                && bytes.getUnsignedShort(bytes.readerIndex() + 1) == 0;
        if (!frame) {
            foreign = bytes.toString(
                            bytes.readerIndex(),
                            Math.min(MAX_SHOWN_BYTES, bytes.readableBytes()),
                            StandardCharsets.US_ASCII)
                    .replaceAll("[^\\x20-\\x7e]+", " ")
                    .strip();
        }
        context.pipeline().remove(this);
        context.fireChannelRead(message);
    }
}
