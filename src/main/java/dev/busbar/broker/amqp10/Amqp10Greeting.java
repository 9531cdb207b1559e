package dev.busbar.broker.amqp10;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/**
 * Looks at the first bytes that a server sends, so that a server of another protocol can be named: AMQP 1.0 opens with
 * {@code AMQP} and a version (part 2, section 2.2, and part 5, section 3.2).
 */
final class Amqp10Greeting extends ChannelInboundHandlerAdapter {

    private static final int MAX_SHOWN_BYTES = 40;
    private static final byte[] AMQP = "AMQP".getBytes(StandardCharsets.US_ASCII);

    private String foreign;
    private boolean amqp10;
    private boolean otherVersion;
    private Throwable failure;

    /**
     * Returns the printable beginning of what a server of another protocol has sent; {@code null} if the server has
     * sent nothing such.
     */
    String foreign() {
        return foreign;
    }

    /** Whether the server has begun to speak AMQP 1.0. */
    boolean amqp10() {
        return amqp10;
    }

    /** Whether the server has answered with another version of AMQP. */
    boolean otherVersion() {
        return otherVersion;
    }

    /**
     * Returns why nothing could be read, e.g. that the server demands a certificate; {@code null} if nothing went
     * wrong.
     */
    Throwable failure() {
        return failure;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        failure = cause;
        context.fireExceptionCaught(cause);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        inspect((ByteBuf) message);
        context.pipeline().remove(this);
        context.fireChannelRead(message);
    }

    private void inspect(ByteBuf bytes) {
        var start = bytes.readerIndex();
        var amqp = bytes.readableBytes() >= 8
                && ByteBufUtil.equals(bytes, start, io.netty.buffer.Unpooled.wrappedBuffer(AMQP), 0, AMQP.length);
        if (amqp && bytes.getByte(start + 5) == 1) {
            amqp10 = true;
            return;
        }
        otherVersion = amqp;
        foreign = amqp
                ? "AMQP " + bytes.getByte(start + 5) + "-" + bytes.getByte(start + 6) + "-" + bytes.getByte(start + 7)
                : bytes.toString(start, Math.min(MAX_SHOWN_BYTES, bytes.readableBytes()), StandardCharsets.US_ASCII)
                        .replaceAll("[^\\x20-\\x7e]+", " ")
                        .strip();
    }
}
