package dev.busbar.socket;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.websocketx.WebSocketFrameDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Closes the connection of a client whose input could not be read so that the client learns why. Vert.x closes the
 * connection as soon as the close frame is written. TCP then resets the connection if the client is still sending, as
 * it is during a message that is too long, and the client sees a lost connection instead of the close frame (RFC 9293,
 * section 3.6.1). So only the output ends at first; what the client goes on sending is read and dropped until the
 * client closes, for {@value #LINGER_SECONDS} s at most.
 *
 * <p>Belongs before Vert.x's handler in the pipeline of a WebSocket. Used on the event loop of the connection.
 */
final class LingeringClose extends ChannelDuplexHandler {

    private static final long LINGER_SECONDS = 5;

    private boolean unreadable;
    private ChannelPromise closed;

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
        unreadable |= failure instanceof DecoderException;
        context.fireExceptionCaught(failure);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closed == null) {
            context.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    /** Closes the connection. A second call does not linger any longer. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (unreadable && closed == null && context.channel() instanceof DuplexChannel channel && channel.isActive()) {
            closed = promise;
            // The decoder would go through what is dropped byte by byte.
            if (context.pipeline().get(WebSocketFrameDecoder.class) != null) {
                context.pipeline().remove(WebSocketFrameDecoder.class);
            }
            channel.config().setAutoRead(true);
            context.executor().schedule(() -> context.close(), LINGER_SECONDS, TimeUnit.SECONDS);
            channel.shutdownOutput();
        } else {
            context.close(promise);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (closed != null) {
            context.close(closed);
        }
        context.fireChannelInactive();
    }
}
