package dev.busbar.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;

/**
 * Holds what a client sends over a WebSocket to RFC 6455 where Vert.x does not: text has to be UTF-8, and a message may
 * come in parts of which the first is empty.
 */
public final class WebSocketInput {

    /** What is left for the reason in a close frame, in characters that are one byte each. */
    private static final int LONGEST_REASON = 120;

    private WebSocketInput() {}

    /**
     * @param channel of the handler that Vert.x has for the WebSocket, see {@link NettyAccess}
     * @param longest message in bytes that is put together
     */
    public static void check(ChannelHandlerContext channel, long longest) {
        channel.pipeline()
                .addBefore(channel.name(), "utf8", new Utf8FrameValidator(false))
                .addBefore(channel.name(), "parts", new WebSocketFrameAggregator((int)
                        Math.min(longest, Integer.MAX_VALUE)));
    }

    /** The code to close with, by what could not be read. */
    public static WebSocketCloseStatus closeStatus(Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException corrupted) {
            return corrupted.closeStatus();
        } else if (failure instanceof TooLongFrameException || failure instanceof IllegalStateException) {
            // The latter is of Vert.x, if its own bound is the lower one.
            return WebSocketCloseStatus.MESSAGE_TOO_BIG;
        }
        return failure instanceof DecoderException
                ? WebSocketCloseStatus.PROTOCOL_ERROR
                : WebSocketCloseStatus.INTERNAL_SERVER_ERROR;
    }

    /** What is wrong, in words that fit into a close frame. */
    public static String reason(Throwable failure) {
        var text = String.valueOf(failure.getMessage()).replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }
}
