package dev.busbar.wamp;

import static org.awaitility.Awaitility.await;

import dev.busbar.testing.broker.Await;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client whose machine has failed: the connection stays open, and it answers neither pings nor a close. */
final class DeafClient {

    static final String HANDSHAKE =
            "GET /wamp HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Protocol: wamp.2.json\r\n\r\n";

    /** One that nobody holds on to is collected, and closes its sockets. */
    private final NetClient client;

    private final NetSocket socket;
    private volatile String told = "";

    private DeafClient(NetClient client, NetSocket socket) {
        this.client = client;
        this.socket = socket;
        socket.handler(bytes -> told += bytes.toString(StandardCharsets.ISO_8859_1));
    }

    static DeafClient connect(Vertx vertx, String url) {
        var at = URI.create(url);
        var client = vertx.createNetClient();
        var deaf = new DeafClient(client, Await.done(client.connect(at.getPort(), at.getHost())));
        deaf.socket.write(HANDSHAKE);
        deaf.isTold("HTTP/1.1 101");
        return deaf;
    }

    void say(String message) {
        socket.write(frame(message));
    }

    /** @param message less than 126 bytes, with single quotes for double ones; it is masked with zeros */
    static Buffer frame(String message) {
        var text = Buffer.buffer(message.replace('\'', '"'));
        return Buffer.buffer(new byte[] {(byte) 0x81, (byte) (0x80 | text.length()), 0, 0, 0, 0})
                .appendBuffer(text);
    }

    /** Waits until the client has received this. */
    void isTold(String text) {
        await().until(() -> told.contains(text));
    }

    void readsNothing() {
        socket.pause();
    }

    /** Closes the socket; reads again first, because Vert.x would wait for data that is never read. */
    void end() {
        socket.resume();
        Await.done(socket.close());
        Await.done(client.close());
    }
}
