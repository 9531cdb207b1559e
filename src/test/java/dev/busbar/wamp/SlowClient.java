package dev.busbar.wamp;

import static dev.busbar.testing.broker.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.broker.Await;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;

/** A client on a slow network: it reads all the time, a little at a time, and answers every ping that it reads. */
final class SlowClient {

    private static final int MILLIS = 20;
    private static final int BYTES = 64 * 1024;

    /** One that nobody holds on to is collected, and closes its sockets. */
    private final NetClient client;

    private final NetSocket socket;
    private final EmbeddedChannel frames = new EmbeddedChannel(new WebSocket13FrameDecoder(
            WebSocketDecoderConfig.newBuilder().expectMaskedFrames(false).build()));
    private volatile boolean upgraded;
    private volatile int texts;
    private volatile int pings;
    private volatile boolean closed;

    private SlowClient(Vertx vertx, NetClient client, NetSocket socket) {
        this.client = client;
        this.socket = socket;
        socket.handler(this::read);
        socket.pause();
        var reading = vertx.setPeriodic(MILLIS, ignored -> socket.fetch(1));
        socket.closeHandler(ignored -> {
            vertx.cancelTimer(reading);
            closed = true;
        });
    }

    static SlowClient connect(Vertx vertx, String url) {
        var at = URI.create(url);
        var client = vertx.createNetClient(new NetClientOptions().setReceiveBufferSize(BYTES));
        var slow = new SlowClient(vertx, client, Await.done(client.connect(at.getPort(), at.getHost())));
        slow.socket.write(DeafClient.HANDSHAKE);
        eventually(() -> assertThat(slow.upgraded).isTrue());
        return slow;
    }

    private void read(Buffer bytes) {
        if (!upgraded) {
            upgraded = true;
            return;
        }
        frames.writeInbound(Unpooled.wrappedBuffer(bytes.getBytes()));
        for (WebSocketFrame frame; (frame = frames.readInbound()) != null; frame.release()) {
            if (frame instanceof PingWebSocketFrame) {
                pings++;
                socket.write(Buffer.buffer(new byte[] {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0}));
            } else if (frame instanceof TextWebSocketFrame) {
                texts++;
            }
        }
    }

    void say(String message) {
        socket.write(DeafClient.frame(message));
    }

    /** How many messages the client has read. */
    int texts() {
        return texts;
    }

    int pings() {
        return pings;
    }

    boolean isClosed() {
        return closed;
    }
}
