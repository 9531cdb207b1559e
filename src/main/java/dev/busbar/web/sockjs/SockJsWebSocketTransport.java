package dev.busbar.web.sockjs;

import dev.busbar.socket.WebSocketFrames;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.handler.sockjs.impl.JsonCodec;
import java.util.List;
import java.util.function.Consumer;

/** A WebSocket with the frames of SockJS in it, as its clients open one: as vertx-web has it, only written faster. */
final class SockJsWebSocketTransport extends WebSocketTransport {

    private static final List<byte[]> OPEN = List.of(WebSocketFrames.text("o"));
    private static final List<byte[]> HEARTBEAT = List.of(WebSocketFrames.text("h"));
    private static final List<byte[]> CLOSE = List.of(WebSocketFrames.text("c[3000,\"Go away!\"]"));

    private static final int NOT_TEXT = 1003;

    SockJsWebSocketTransport(ServerWebSocket socket, ChannelHandlerContext channel) {
        super(socket, channel);
        write(OPEN, () -> {});
    }

    @Override
    void listen(Consumer<Buffer> received) {
        socket.textMessageHandler(text -> {
            if (!text.isEmpty() && !text.equals("[]")) {
                unpack(text, received);
            }
        });
        socket.binaryMessageHandler(ignored -> refuse(NOT_TEXT, "SockJS is text only"));
    }

    private void unpack(String text, Consumer<Buffer> received) {
        var packed = text.startsWith("[\"") && text.endsWith("\"]") || text.startsWith("\"") && text.endsWith("\"");
        var messages = packed ? JsonCodec.decodeValues(text) : null;
        if (messages == null) {
            socket.close();
        } else {
            messages.forEach(message -> received.accept(Buffer.buffer(message)));
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

    /** SockJS has no words of its own for why. */
    @Override
    void closing(int code, String reason) {
        write(CLOSE, () -> {});
        socket.close();
    }
}
