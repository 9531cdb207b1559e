package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.topic.RoutingKey;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages are the same over every transport. */
class TransportsTest {

    private static final int MESSAGES = 300;

    /** A whole burst may wait, because a client on a busy machine reads slowly and would miss the oldest messages. */
    private static final Site SITE = new Site("""
              anonymous: guests
              roles: {guests: {listen: ["mq:#"]}}
              limits: {queueBytes: 64MiB, queueMessages: 10000}
            """.indent(0));

    /** A transport, with a client that sends over it and records the frames that it receives. */
    record Transport(String name, Client client) {

        interface Client {
            List<JsonObject> registered();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String REGISTER = "{'type':'register','address':'mq:transports.#'}";

    static Stream<Transport> transports() {
        return Stream.of(
                new Transport("raw", () -> webSocket(SITE.raw())),
                new Transport("SockJS websocket", () -> webSocket(SITE.sockjs())),
                new Transport("xhr-polling", () -> xhr(XhrClient.polling(SITE))),
                new Transport("xhr-streaming", () -> xhr(XhrClient.streaming(SITE))),
                new Transport("eventsource", () -> xhr(XhrClient.eventSource(SITE))));
    }

    private static List<JsonObject> webSocket(BrowserClient client) {
        client.send(REGISTER);
        return client.frames;
    }

    private static List<JsonObject> xhr(XhrClient client) {
        await().until(() -> client.send(REGISTER).await() == 204);
        return client.frames;
    }

    @AfterAll
    static void stop() {
        SITE.close();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aBurstComesWholeAndInOrder(Transport transport) {
        var frames = transport.client().registered();
        await().untilAsserted(() -> {
            produce(-1, "hello");
            assertThat(frames).isNotEmpty();
        });

        IntStream.range(0, MESSAGES)
                .forEach(n -> produce(n, n % 100 == 99 ? "ü\u2028€😀\"\\".repeat(20_000) : "short"));

        await().untilAsserted(() -> assertThat(
                        frames.stream().map(it -> it.getJsonObject("body")).filter(it -> it.getInteger("n") >= 0))
                .hasSize(MESSAGES));
        var bodies = frames.stream()
                .map(it -> it.getJsonObject("body"))
                .filter(it -> it.getInteger("n") >= 0)
                .toList();
        assertThat(bodies.stream().map(it -> it.getInteger("n")))
                .containsExactlyElementsOf(IntStream.range(0, MESSAGES).boxed().toList());
        assertThat(bodies.get(99).getString("text")).isEqualTo("ü\u2028€😀\"\\".repeat(20_000));
    }

    private static void produce(int n, String text) {
        SITE.hub.produce(
                RoutingKey.of("transports", "x"),
                new JsonObject().put("n", n).put("text", text),
                MultiMap.caseInsensitiveMultiMap());
    }

    @Test
    void whatIsNoFrameOfSockJsEndsTheWebSocket() {
        var client = SITE.sockjs();

        client.socket().writeTextMessage("[]").await();
        client.socket().writeTextMessage("").await();
        client.send("{'type':'register'}");
        await().untilAsserted(() -> assertThat(client.errors("missing_address")).hasSize(1));
        client.socket().writeTextMessage("{}").await();

        await().until(client::isClosed);
    }

    @Test
    void aMessageInPartsThatIsTooLongEndsTheWebSocket() {
        var client = SITE.raw();
        var part = "x".repeat(700_000);

        client.socket().writeFrame(WebSocketFrame.textFrame(part, false));
        client.socket().writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(part), true));

        await().until(client::isClosed);
        assertThat(client.socket().closeStatusCode()).isEqualTo((short) 1009);
    }
}
