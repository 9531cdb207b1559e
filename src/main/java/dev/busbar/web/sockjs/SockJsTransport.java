package dev.busbar.web.sockjs;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** One of the transports of SockJS for browsers that WebSockets do not get through to, as vertx-web has them. */
final class SockJsTransport implements BrowserTransport {

    private final SockJSSocket socket;

    SockJsTransport(SockJSSocket socket) {
        this.socket = socket;
    }

    @Override
    public void open(Consumer<Buffer> received, Runnable gone) {
        socket.closeHandler(ignored -> gone.run());
        socket.exceptionHandler(failure -> gone.run());
        socket.handler(received::accept);
    }

    @Override
    public byte[] encode(Frame frame) {
        return frame.text();
    }

    /** What has been written is acknowledged in order. */
    @Override
    public void write(List<byte[]> encoded, Runnable written) {
        var left = encoded.size();
        for (var frame : encoded) {
            var done = socket.write(new String(frame, StandardCharsets.UTF_8));
            if (--left == 0) {
                done.onComplete(ignored -> written.run());
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
