package dev.busbar.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.testing.broker.RawHeaders;
import dev.busbar.web.WebServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every endpoint answers for dead letters with undecodable headers, which Broker-J accepts from other publishers. */
class UnreadableDeadLetterTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final EmbeddedBrokerJ broker = EmbeddedBrokerJ.shared();
    private final String exchange = "x" + UUID.randomUUID().toString().substring(0, 8);
    private final String dead = exchange + ".dead-letter";
    private final Vertx vertx = Vertx.vertx();
    private WebServer server;

    @BeforeEach
    void start() {
        var config = ConfigLoader.parse("""
                        broker: {uri: "%s"}
                        exchange: {name: %s}
                        routes:
                          - name: in
                            from: {filter: "in.#", queue: {name: "%s-q", life: until-stop}}
                            to: {address: in, delivery: request}
                        web:
                          port: 0
                          anonymous: operators
                          roles: {operators: {deadLetters: true}}
                        """.formatted(broker.uriText(), exchange, exchange), "test")
                .orThrow();
        vertx.deployVerticle(new BridgeVerticle(config)).await();
        server = WebServer.start(vertx, config.web(), Hub.open(vertx, config).await())
                .await();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private JsonObject ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonObject(answer.body());
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + "/api/dead-letters/" + dead + path));
    }

    private HttpRequest.Builder post(String path) {
        return at(path).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"all\": true}"));
    }

    @Test
    void isShownWithTheOthersStaysWhenItIsPutBackAndCanBeDiscarded() throws Exception {
        for (var header : new String[] {"7a01", "5300000063"}) {
            RawHeaders.publish(broker.uri091(), "", dead, HexFormat.of().parseHex(header));
        }
        RawHeaders.publish(broker.uri091(), "", dead, HexFormat.of().parseHex("4900000007"));

        var messages = ask(at("")).getJsonArray("messages");

        assertThat(messages)
                .hasSize(3)
                .allSatisfy(
                        it -> assertThat(((JsonObject) it).getString("body")).isEqualTo("1"));
        assertThat(messages.getJsonObject(0).getJsonObject("headers").getString("x-busbar-unread"))
                .contains("type 'z'");
        assertThat(messages.getJsonObject(2).getJsonObject("headers").getMap()).isEqualTo(Map.of("raw", 7));

        var requeued = ask(post("/requeue"));
        assertThat(requeued.getInteger("failed")).isEqualTo(3);
        assertThat(requeued.getInteger("moved")).isZero();
        assertThat(ask(post("/discard")).getInteger("moved")).isEqualTo(3);
        assertThat(ask(at("")).getJsonArray("messages")).isEmpty();
    }
}
