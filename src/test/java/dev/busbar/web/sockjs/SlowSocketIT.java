package dev.busbar.web.sockjs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.access.Authenticator;
import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.testing.Slow;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebSockets whose clients do not read, beside one whose client does. */
class SlowSocketIT {

    private static final int MESSAGES = 2_000;
    private static final int QUEUE = 100;
    private static final byte[] PING = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};
    private static final String NOTE = "x".repeat(8_000);

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final WebSocketClient client = vertx.createWebSocketClient();
    private final List<Integer> received = new CopyOnWriteArrayList<>();
    private Hub hub;
    private BrowserBridge bridge;
    private HttpServer server;

    @BeforeEach
    void start() {
        var config = ConfigLoader.parse("""
                        broker: {embedded: {port: 0}}
                        web:
                          anonymous: guests
                          roles: {guests: {listen: ["mq:#"]}}
                          limits: {queueMessages: %d, pingTimeout: 2m}
                          slowReaders: [{addresses: ["mq:impatient.#"], policy: disconnect}]
                        """.formatted(QUEUE), "test").orThrow();
        hub = Hub.open(vertx, config).await();
        var authenticator = Authenticator.create(vertx, config.web()).await();
        server = onLoop(() -> {
                    bridge = new BrowserBridge(vertx, hub, config.web(), authenticator, new Browsers());
                    var router = Router.router(vertx);
                    router.route("/eventbus/*").subRouter(bridge.router(any -> {}));
                    return vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1");
                })
                .await();
    }

    @AfterEach
    void stop() {
        hub.close().await();
        vertx.close().await();
    }

    private <T> Future<T> onLoop(Supplier<Future<T>> work) {
        var done = Promise.<T>promise();
        loop.runOnContext(ignored -> work.get().onComplete(done));
        return done.future();
    }

    private List<SocketOutbox> outboxes() {
        return onLoop(() -> Future.succeededFuture(
                        bridge.sockets().stream().map(BrowserSocket::out).toList()))
                .await();
    }

    private WebSocket listening(String filter) {
        var before = listeners();
        var socket = client.connect(server.actualPort(), "127.0.0.1", "/eventbus/websocket")
                .await();
        socket.writeTextMessage(new JsonObject()
                        .put("type", "register")
                        .put("address", "mq:" + filter)
                        .encode())
                .await();
        await().until(() -> listeners() == before + 1);
        return socket;
    }

    /** Connects without a library, which would read: sends the request, and {@code register} masked with zeros. */
    private Socket listeningByHand(String filter) throws IOException {
        var socket = new Socket("127.0.0.1", server.actualPort());
        var register = new JsonObject()
                .put("type", "register")
                .put("address", "mq:" + filter)
                .toBuffer();
        var request = "GET /eventbus/websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        for (var head = "";
                !head.endsWith("\r\n\r\n");
                head += (char) socket.getInputStream().read()) {
            // Read no further.
        }
        var frame = Buffer.buffer(new byte[] {(byte) 0x81, (byte) (0x80 | register.length()), 0, 0, 0, 0})
                .appendBuffer(register);
        socket.getOutputStream().write(frame.getBytes());
        await().until(() -> listeners() == 1);
        return socket;
    }

    private int listeners() {
        return hub.filters().stream().mapToInt(it -> it.listeners()).sum();
    }

    /** @param ready awaited each time half as many messages have been produced as may wait for a socket */
    private void produce(String word, IntPredicate ready) {
        for (var n = 0; n < MESSAGES; n++) {
            var body = new JsonObject().put("n", n).put("note", NOTE);
            var done = hub.produce(RoutingKey.of(word, "x"), body, MultiMap.caseInsensitiveMultiMap());
            if (n % (QUEUE / 2) == 0) {
                done.await();
                var reached = n;
                await().until(() -> ready.test(reached));
            }
        }
    }

    @Test
    void whoDoesNotReadMissesTheOldestAndOnlyHimself() {
        IntStream.range(0, 3).forEach(n -> listening("news.#").pause());
        listening("news.#")
                .textMessageHandler(text ->
                        received.add(new JsonObject(text).getJsonObject("body").getInteger("n")));

        produce("news", n -> received.size() > n);

        await().untilAsserted(() -> assertThat(received)
                .containsExactlyElementsOf(IntStream.range(0, MESSAGES).boxed().toList()));
        assertThat(outboxes().stream().filter(it -> it.dropped() > 0))
                .hasSize(3)
                .allSatisfy(it -> {
                    assertThat(it.queuedMessages()).isEqualTo(QUEUE);
                    assertThat(it.queuedBytes()).isLessThan(1 << 20);
                });
    }

    @Test
    @Slow
    void whoMustNotMissAnythingIsDisconnectedAndForgotten() {
        listening("impatient.#").pause();
        assertThat(outboxes()).hasSize(1);

        produce("impatient", n -> true);

        await().until(() -> outboxes().isEmpty());
        await().until(() -> listeners() == 0);
    }

    @Test
    void whoGoesWhileMessagesComeIsForgotten() {
        var leaving = listening("news.#");
        leaving.textMessageHandler(text -> leaving.close());

        produce("news", n -> true);

        await().until(() -> outboxes().isEmpty());
        await().until(() -> listeners() == 0);
    }

    @Test
    void whoDoesNotReadThatHeIsDisconnectedIsCutOff() throws IOException {
        try (var socket = listeningByHand("impatient.#")) {
            produce("impatient", n -> true);

            await().atMost(Duration.ofSeconds(20)).until(() -> {
                try {
                    socket.getOutputStream().write(PING);
                    return false;
                } catch (IOException cutOff) {
                    return true;
                }
            });
        }
    }
}
