package dev.busbar.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of the bridge's protocol over a WebSocket, with or without SockJS frames. */
final class BrowserClient {

    static final WebSocketClientOptions OPTIONS = new WebSocketClientOptions()
            .setMaxConnections(1_000)
            .setMaxFrameSize(1 << 20)
            .setMaxMessageSize(16 << 20);

    /** The received frames, in order; a SockJS close is {@code {"close": [code, reason]}}. */
    final List<JsonObject> frames = new CopyOnWriteArrayList<>();

    private final WebSocket socket;
    private final boolean sockjs;

    private BrowserClient(WebSocket socket, boolean sockjs) {
        this.socket = socket;
        this.sockjs = sockjs;
        socket.textMessageHandler(this::received);
    }

    /** Opens a WebSocket without SockJS. */
    static BrowserClient raw(WebSocketClient client, String url, MultiMap headers) {
        return new BrowserClient(connect(client, url, "/eventbus/websocket", headers), false);
    }

    /** Opens a WebSocket as a SockJS client does. */
    static BrowserClient sockjs(WebSocketClient client, String url, MultiMap headers) {
        var session = "/eventbus/000/" + Long.toString(System.nanoTime(), 36) + "/websocket";
        return new BrowserClient(connect(client, url, session, headers), true);
    }

    private static WebSocket connect(WebSocketClient client, String url, String path, MultiMap headers) {
        var at = URI.create(url);
        var options = new WebSocketConnectOptions()
                .setHost(at.getHost())
                .setPort(at.getPort())
                .setURI(path)
                .setHeaders(headers);
        return client.connect(options).await();
    }

    private void received(String text) {
        if (!sockjs) {
            frames.add(new JsonObject(text));
        } else if (text.startsWith("a")) {
            new JsonArray(text.substring(1)).forEach(message -> frames.add(new JsonObject((String) message)));
        } else if (text.startsWith("c")) {
            frames.add(new JsonObject().put("close", new JsonArray(text.substring(1))));
        }
    }

    /** @param frame a JSON object with single quotes for double ones */
    void send(String frame) {
        var text = frame.replace('\'', '"');
        socket.writeTextMessage(sockjs ? new JsonArray().add(text).encode() : text);
    }

    List<JsonObject> errors(String word) {
        return frames.stream()
                .filter(frame -> "err".equals(frame.getValue("type")) && word.equals(frame.getValue("body")))
                .toList();
    }

    List<JsonObject> received(Object address) {
        return frames.stream()
                .filter(frame -> "rec".equals(frame.getValue("type")) && address.equals(frame.getValue("address")))
                .toList();
    }

    WebSocket socket() {
        return socket;
    }

    boolean isClosed() {
        return socket.isClosed();
    }
}
