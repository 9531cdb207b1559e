package dev.busbar.web.sockjs;

import dev.busbar.socket.WebSocketFrames;
import io.vertx.ext.web.handler.sockjs.impl.JsonCodec;
import java.nio.charset.StandardCharsets;

/**
 * What goes to browsers, as text: encoded once for each kind of transport, however many sockets it goes to. From any
 * thread. Nobody may change what it is encoded to.
 */
final class Frame {

    private final String text;
    private volatile byte[] webSocket;
    private volatile byte[] sockJs;

    Frame(String text) {
        this.text = text;
    }

    byte[] text() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** With the header of a WebSocket's frame. */
    byte[] webSocket() {
        var encoded = webSocket;
        if (encoded == null) {
            encoded = WebSocketFrames.text(text);
            webSocket = encoded;
        }
        return encoded;
    }

    /** As SockJS has it, in a WebSocket's frame. */
    byte[] sockJs() {
        var encoded = sockJs;
        if (encoded == null) {
            encoded = WebSocketFrames.text("a" + JsonCodec.encode(new String[] {text}));
            sockJs = encoded;
        }
        return encoded;
    }
}
