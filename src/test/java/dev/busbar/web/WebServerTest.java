package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Busbar's HTTP port over a WebSocket without SockJS, with the embedded broker. */
class WebServerTest {

    private static final String CONFIG = """
            broker: {embedded: {port: 0}}
            web:
              port: 0
              instances: 2
              anonymous: guests
              roles:
                guests: {listen: ["mq:builds.*.finished", news], produce: ["mq:builds.#", ask]}
              limits: {subscriptions: 3}
            """;

    private final Vertx vertx = Vertx.vertx();
    private final List<JsonObject> frames = new CopyOnWriteArrayList<>();
    private final WebSocketClient client = vertx.createWebSocketClient();
    private Hub hub;
    private WebServer server;
    private WebSocket socket;

    @BeforeEach
    void start() {
        var config = ConfigLoader.parse(CONFIG, "test").orThrow();
        hub = Hub.open(vertx, config).await();
        server = WebServer.start(vertx, config.web(), hub).await();
        socket = connect(null);
        socket.textMessageHandler(text -> frames.add(new JsonObject(text)));
    }

    @AfterEach
    void stop() {
        server.close().await();
        hub.close().await();
        vertx.close().await();
    }

    @Test
    void aMessageProducedByABrowserComesBackThroughTheBroker() {
        send("{'type':'register','address':'mq:builds.*.finished'}");
        await().untilAsserted(() -> {
            send("{'type':'send','address':'mq:builds.17.finished','body':{'id':17},'replyAddress':'r'}");
            assertThat(frames)
                    .anySatisfy(it -> {
                        assertThat(it.getString("address")).isEqualTo("mq:builds.*.finished");
                        assertThat(it.getJsonObject("body")).isEqualTo(new JsonObject().put("id", 17));
                    })
                    .anySatisfy(it -> assertThat(it.getString("address")).isEqualTo("r"));
        });
    }

    @Test
    void aFilterThatOnlyOverlapsAPermittedOneIsDenied() {
        for (var filter : List.of("#", "builds.#", "builds.*.*", "builds.#.finished", "*.*.finished")) {
            send("{'type':'register','address':'mq:" + filter + "'}");
        }

        await().untilAsserted(() -> assertThat(frames)
                .hasSize(5)
                .allSatisfy(it -> assertThat(it.getString("body")).isEqualTo("access_denied")));
    }

    @Test
    void repliesAndGarbageAreAnswered() {
        vertx.eventBus().consumer("ask", message -> message.reply("yes"));
        send("{'type':'send','address':'ask','body':1,'replyAddress':'r1'}");
        send("{'type':'send','address':'elsewhere','body':1}");
        send("nonsense");
        send("[]");

        await().untilAsserted(() -> {
            assertThat(frames).anySatisfy(it -> assertThat(it.getString("body")).isEqualTo("yes"));
            assertThat(frames).anySatisfy(it -> assertThat(it.getString("body")).isEqualTo("access_denied"));
            assertThat(frames.stream().filter(it -> "invalid_json".equals(it.getValue("body"))))
                    .hasSize(2);
        });
    }

    @Test
    void aPageOfAnotherOriginMayNotConnect() {
        assertThatThrownBy(() -> connect("https://evil.example")).hasMessageContaining("403");
        connect(server.url()).close().await();
    }

    private WebSocket connect(String origin) {
        var url = URI.create(server.url());
        var options = new WebSocketConnectOptions()
                .setHost(url.getHost())
                .setPort(url.getPort())
                .setURI("/eventbus/websocket");
        return client.connect(origin == null ? options : options.addHeader("Origin", origin))
                .await();
    }

    private void send(String frame) {
        socket.writeTextMessage(frame.replace('\'', '"')).await();
    }
}
