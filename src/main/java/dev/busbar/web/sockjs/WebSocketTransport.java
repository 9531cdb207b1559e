package dev.busbar.web.sockjs;

import dev.busbar.socket.WebSocketInput;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A WebSocket without SockJS. Frames are encoded once for all sockets and written to the Netty channel; Vert.x would
 * encode them anew for each socket. Everything else is left to Vert.x.
 */
class WebSocketTransport implements BrowserTransport {

    /** How long a browser has to read what it has been sent and to answer the close frame. */
    private static final long CLOSE_TIMEOUT_SECONDS = 5;

    final ServerWebSocket socket;
    private final ChannelHandlerContext channel;
    private Runnable onClosed = () -> {};

    WebSocketTransport(ServerWebSocket socket, ChannelHandlerContext channel) {
        this.socket = socket;
        this.channel = channel;
    }

    @Override
    public void open(Consumer<Buffer> onMessage, Runnable onClosed) {
        this.onClosed = onClosed;
        socket.closeHandler(ignored -> onClosed.run());
        socket.exceptionHandler(failure -> {
            onClosed.run();
            if (!socket.isClosed()) {
                refuse(WebSocketInput.closeStatus(failure).code(), WebSocketInput.reason(failure));
            }
        });
        listen(onMessage);
    }

    void listen(Consumer<Buffer> onMessage) {
        socket.textMessageHandler(text -> onMessage.accept(Buffer.buffer(text)));
        socket.binaryMessageHandler(onMessage::accept);
    }

    @Override
    public byte[] encode(Frame frame) {
        return frame.webSocket();
    }

    @Override
    public void write(List<byte[]> encoded, Runnable onWritten) {
        if (socket.isClosed()) {
            onWritten.run();
            return;
        }
        var bytes = 0;
        for (var frame : encoded) {
            bytes += frame.length;
        }
        var buffer = channel.alloc().directBuffer(bytes, bytes);
        encoded.forEach(buffer::writeBytes);
        channel.writeAndFlush(buffer).addListener(ignored -> onWritten.run());
    }

    /**
     * Closes the socket, and the connection after a time-out: a browser that does not read never ends the handshake.
     */
    @Override
    public final void close(int code, String reason) {
        channel.executor().schedule(() -> channel.close(), CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        sendClose(code, reason);
        onClosed.run();
    }

    /** Closes the socket for an error of the WebSocket protocol, whatever protocol it carries. */
    final void refuse(int code, String reason) {
        channel.executor().schedule(() -> channel.close(), CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        socket.close((short) code, reason);
        onClosed.run();
    }

    void sendClose(int code, String reason) {
        socket.close((short) code, reason);
    }

    @Override
    public MultiMap headers() {
        return socket.headers();
    }

    @Override
    public SocketAddress remoteAddress() {
        return socket.remoteAddress();
    }

    @Override
    public String uri() {
        return socket.uri();
    }
}
