package dev.busbar.web.sockjs;

import dev.busbar.socket.WebSocketFrames;
import io.vertx.ext.web.handler.sockjs.impl.JsonCodec;
import java.nio.charset.StandardCharsets;

/**
 * A frame to browsers. Encodes its text once for each kind of transport, however many sockets the frame goes to. May be
 * used from any thread. The returned arrays are shared and must not be changed.
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

    /** Returns the text as WebSocket frames. */
    byte[] webSocket() {
        var encoded = webSocket;
        if (encoded == null) {
            encoded = WebSocketFrames.text(text);
            webSocket = encoded;
        }
        return encoded;
    }

    /** Returns the text as an array frame of SockJS, in WebSocket frames. */
    byte[] sockJs() {
        var encoded = sockJs;
        if (encoded == null) {
            encoded = WebSocketFrames.text("a" + JsonCodec.encode(new String[] {text}));
            sockJs = encoded;
        }
        return encoded;
    }
}
