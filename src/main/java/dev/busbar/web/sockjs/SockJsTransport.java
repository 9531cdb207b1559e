package dev.busbar.web.sockjs;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** One of vertx-web's SockJS transports, for browsers that cannot use WebSockets. */
final class SockJsTransport implements BrowserTransport {

    private final SockJSSocket socket;

    SockJsTransport(SockJSSocket socket) {
        this.socket = socket;
    }

    @Override
    public void open(Consumer<Buffer> onMessage, Runnable onClosed) {
        socket.closeHandler(ignored -> onClosed.run());
        socket.exceptionHandler(failure -> onClosed.run());
        socket.handler(onMessage::accept);
    }

    @Override
    public byte[] encode(Frame frame) {
        return frame.text();
    }

    /** Waits for the last write only, because writes complete in order. */
    @Override
    public void write(List<byte[]> encoded, Runnable onWritten) {
        var left = encoded.size();
        for (var frame : encoded) {
            var written = socket.write(new String(frame, StandardCharsets.UTF_8));
            if (--left == 0) {
                written.onComplete(ignored -> onWritten.run());
            }
        }
    }

    @Override
    public void close(int code, String reason) {
        socket.close(code, reason);
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
