package dev.busbar.web.sockjs;

import dev.busbar.socket.WebSocketFrames;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.handler.sockjs.impl.JsonCodec;
import java.util.List;
import java.util.function.Consumer;

/**
 * A WebSocket that carries SockJS frames, as SockJS clients open one. Behaves as vertx-web's transport and writes
 * frames that are encoded once for all sockets.
 */
final class SockJsWebSocketTransport extends WebSocketTransport {

    private static final List<byte[]> OPEN = List.of(WebSocketFrames.text("o"));
    private static final List<byte[]> HEARTBEAT = List.of(WebSocketFrames.text("h"));
    private static final List<byte[]> CLOSE = List.of(WebSocketFrames.text("c[3000,\"Go away!\"]"));

    private static final int CLOSE_NOT_TEXT = 1003;

    SockJsWebSocketTransport(ServerWebSocket socket, ChannelHandlerContext channel) {
        super(socket, channel);
        write(OPEN, () -> {});
    }

    @Override
    void listen(Consumer<Buffer> onMessage) {
        socket.textMessageHandler(text -> {
            if (!text.isEmpty() && !text.equals("[]")) {
                unpack(text, onMessage);
            }
        });
        socket.binaryMessageHandler(ignored -> refuse(CLOSE_NOT_TEXT, "SockJS is text only"));
    }

    private void unpack(String text, Consumer<Buffer> onMessage) {
        var packed = text.startsWith("[\"") && text.endsWith("\"]") || text.startsWith("\"") && text.endsWith("\"");
        var messages = packed ? JsonCodec.decodeValues(text) : null;
        if (messages == null) {
            socket.close();
        } else {
            messages.forEach(message -> onMessage.accept(Buffer.buffer(message)));
        }
    }

    @Override
    public byte[] encode(Frame frame) {
        return frame.sockJs();
    }

    @Override
    public void heartbeat() {
        write(HEARTBEAT, () -> {});
    }

    /** Closes with SockJS' close frame, which has no room for a reason. */
    @Override
    void sendClose(int code, String reason) {
        write(CLOSE, () -> {});
        socket.close();
    }
}
