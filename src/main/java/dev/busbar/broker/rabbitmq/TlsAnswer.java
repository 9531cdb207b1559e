package dev.busbar.broker.rabbitmq;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Looks at the first byte of a server's answer to the TLS hello: the byte is the type of a record (RFC 8446, section
 * 5.1), unless the server speaks something else. Netty looks too, but takes the {@code AMQP 3 1 0 0} of RabbitMQ 4 for
 * the beginning of an SSL 2 record and waits for the rest.
 */
final class TlsAnswer extends ChannelInboundHandlerAdapter {

    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int APPLICATION_DATA = 23;
    private volatile boolean plain;

    /** Returns whether the server has answered, and not in TLS. */
    boolean plain() {
        return plain;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        var type = bytes.getUnsignedByte(bytes.readerIndex());
        plain = type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA;
        context.pipeline().remove(this);
        context.fireChannelRead(message);
    }
}
