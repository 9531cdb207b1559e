package dev.busbar.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;

/**
 * Checks what a client sends over a WebSocket where Vert.x is not as strict as RFC 6455: text must be UTF-8. Also joins
 * the frames of a fragmented message, of which the first may be empty, and lets a client that sent something unreadable
 * learn of it.
 */
public final class WebSocketInput {

    /** How long the reason in a close frame may be, in ASCII characters. */
    private static final int MAX_REASON_LENGTH = 120;

    private WebSocketInput() {}

    /**
     * Adds the checks to the pipeline of a WebSocket.
     *
     * @param channel the context of Vert.x's handler of the WebSocket, see {@link NettyAccess}
     * @param maxMessageBytes the longest message that is joined from its frames
     */
    public static void check(ChannelHandlerContext channel, long maxMessageBytes) {
        channel.pipeline()
                .addBefore(channel.name(), "utf8", new Utf8FrameValidator(false))
                .addBefore(channel.name(), "parts", new WebSocketFrameAggregator((int)
                        Math.min(maxMessageBytes, Integer.MAX_VALUE)))
                .addBefore(channel.name(), "lingering-close", new LingeringClose());
    }

    /** Returns the status to close a WebSocket with after a failure to read from it. */
    public static WebSocketCloseStatus closeStatus(Throwable failure) {
        if (failure instanceof CorruptedWebSocketFrameException corrupted) {
            return corrupted.closeStatus();
        } else if (failure instanceof TooLongFrameException || failure instanceof IllegalStateException) {
            // Vert.x throws an IllegalStateException where its own limit is lower.
            return WebSocketCloseStatus.MESSAGE_TOO_BIG;
        }
        return failure instanceof DecoderException
                ? WebSocketCloseStatus.PROTOCOL_ERROR
                : WebSocketCloseStatus.INTERNAL_SERVER_ERROR;
    }

    /** Returns the failure's message, shortened and in ASCII, so that it fits into a close frame. */
    public static String reason(Throwable failure) {
        var text = String.valueOf(failure.getMessage()).replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() <= MAX_REASON_LENGTH ? text : text.substring(0, MAX_REASON_LENGTH);
    }
}
