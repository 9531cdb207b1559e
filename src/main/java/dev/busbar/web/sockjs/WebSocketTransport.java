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
 * A WebSocket without anything around it. What is written has been encoded already, once for all sockets, and so goes
 * to the channel past Vert.x, which would frame it anew for each; everything else is left to Vert.x.
 */
class WebSocketTransport implements BrowserTransport {

    /** For a browser to take what it has been sent, and to agree to the close. */
    private static final long CLOSING_SECONDS = 5;

    final ServerWebSocket socket;
    private final ChannelHandlerContext channel;
    private Runnable gone = () -> {};

    WebSocketTransport(ServerWebSocket socket, ChannelHandlerContext channel) {
        this.socket = socket;
        this.channel = channel;
    }

    @Override
    public void open(Consumer<Buffer> received, Runnable gone) {
        this.gone = gone;
        socket.closeHandler(ignored -> gone.run());
        socket.exceptionHandler(failure -> {
            gone.run();
            if (!socket.isClosed()) {
                refuse(WebSocketInput.closeStatus(failure).code(), WebSocketInput.reason(failure));
            }
        });
        listen(received);
    }

    void listen(Consumer<Buffer> received) {
        socket.textMessageHandler(text -> received.accept(Buffer.buffer(text)));
        socket.binaryMessageHandler(received::accept);
    }

    @Override
    public byte[] encode(Frame frame) {
        return frame.webSocket();
    }

    @Override
    public void write(List<byte[]> encoded, Runnable written) {
        if (socket.isClosed()) {
            written.run();
            return;
        }
        var bytes = 0;
        for (var frame : encoded) {
            bytes += frame.length;
        }
        var buffer = channel.alloc().directBuffer(bytes, bytes);
        encoded.forEach(buffer::writeBytes);
        channel.writeAndFlush(buffer).addListener(ignored -> written.run());
    }

    /** One that reads nothing any more would never be done with closing. */
    @Override
    public final void close(int code, String reason) {
        channel.executor().schedule(() -> channel.close(), CLOSING_SECONDS, TimeUnit.SECONDS);
        closing(code, reason);
        gone.run();
    }

    /** Closes for a fault of the WebSocket itself, whatever is spoken over it. */
    final void refuse(int code, String reason) {
        channel.executor().schedule(() -> channel.close(), CLOSING_SECONDS, TimeUnit.SECONDS);
        socket.close((short) code, reason);
        gone.run();
    }

    void closing(int code, String reason) {
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
