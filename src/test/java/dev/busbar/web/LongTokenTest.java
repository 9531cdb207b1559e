package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.busbar.config.ConfigLoader;
import dev.busbar.wamp.WampServer;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with many claims are accepted at every entrance. */
class LongTokenTest {

    private static final String AUTH = """
              auth: {jwt: {secret: %s}}
              roles: {watchers: {listen: [news], observe: true}}
            """.formatted(Tokens.SECRET).indent(0);

    private static final Site SITE = new Site(AUTH);
    private static final Site NARROW = new Site(AUTH + "  limits: {headers: 8KiB}\n");
    private static final WebSocketClient SOCKETS = SITE.vertx.createWebSocketClient();

    private static final List<WebServer> ROUTERS = new ArrayList<>();

    @AfterAll
    static void stop() {
        ROUTERS.forEach(it -> it.close().await());
        SITE.close();
        NARROW.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {7_000, 9_000, 16_000, 30_000})
    void areReadByEveryEntrance(int length) throws IOException {
        var token = "Bearer " + token(length);
        var header = "Authorization: " + token;

        assertThat(Wire.ask(SITE.server.url(), "GET", "/api/node", header).status())
                .isEqualTo(200);
        assertThat(Wire.ask(SITE.server.url(), "GET", "/eventbus/info", header).status())
                .isEqualTo(200);
        assertThat(Wire.ask(management("32KiB"), "GET", "/metrics", header).status())
                .isEqualTo(200);
        var headers = MultiMap.caseInsensitiveMultiMap().add("Authorization", token);
        listens(BrowserClient.raw(SOCKETS, SITE.server.url(), headers));
        listens(BrowserClient.sockjs(SOCKETS, SITE.server.url(), headers));
        var late = SITE.raw();
        late.send("{'type':'auth','token':'" + token.substring("Bearer ".length()) + "'}");
        listens(late);
    }

    /** Masters send no token, but a proxy in front of the router may add one to every request. */
    @ParameterizedTest
    @ValueSource(ints = {7_000, 9_000, 16_000, 30_000})
    void comeToARouterToo(int length) {
        var joined = new CompletableFuture<String>();

        var socket = SOCKETS.connect(toRouter("32KiB", token(length))).await();
        socket.textMessageHandler(joined::complete);
        socket.writeTextMessage("[1,\"realm1\",{\"roles\":{}}]");

        assertThat(joined).succeedsWithin(Duration.ofSeconds(20)).asString().startsWith("[2,");
    }

    private static void listens(BrowserClient client) {
        client.send("{'type':'register','address':'news'}");
        await().untilAsserted(() -> {
            SITE.vertx.eventBus().publish("news", "here");
            assertThat(client.received("news")).isNotEmpty();
        });
        assertThat(client.errors("auth_error")).isEmpty();
    }

    /** All entrances have the same limit, and the refusal names it. */
    @Test
    void thatAreTooLongAreRefusedInWords() throws IOException {
        var token = "Bearer " + token(9_000);
        var header = "Authorization: " + token;

        for (var answer : new Wire.Answer[] {
            Wire.ask(NARROW.server.url(), "GET", "/api/node", header),
            Wire.ask(NARROW.server.url(), "GET", "/eventbus/info", header),
            Wire.ask(router("8KiB"), "GET", "/wamp", header),
            Wire.ask(management("8KiB"), "GET", "/metrics", header)
        }) {
            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.body()).contains("web.limits.headers", "8192");
        }
        var headers = MultiMap.caseInsensitiveMultiMap().add("Authorization", token);
        assertThatThrownBy(() -> BrowserClient.raw(SOCKETS, NARROW.server.url(), headers))
                .hasMessageContaining("431");
        assertThatThrownBy(() -> SOCKETS.connect(toRouter("8KiB", token(9_000))).await())
                .hasMessageContaining("431");
        var late = NARROW.raw();
        late.send("{'type':'auth','token':'" + token.substring("Bearer ".length()) + "'}");
        await().untilAsserted(() -> assertThat(late.errors("auth_error"))
                .singleElement()
                .satisfies(it -> assertThat(it.getString("message")).contains("web.limits.headers")));
    }

    private static WebSocketConnectOptions toRouter(String headers, String token) {
        var at = URI.create(router(headers));
        return new WebSocketConnectOptions()
                .setHost(at.getHost())
                .setPort(at.getPort())
                .setURI("/wamp")
                .addSubProtocol(WampServer.SUBPROTOCOL)
                .addHeader("Authorization", "Bearer " + token);
    }

    private static String router(String headers) {
        var config = ConfigLoader.parse(
                        "wamp: {enabled: true, anonymous: watchers}\nweb:\n  port: 0\n" + AUTH + "  limits: {headers: "
                                + headers + "}",
                        "test")
                .orThrow();
        var wamp = WampServer.start(SITE.vertx, config, SITE.hub).await();
        var mount = new Mount("/wamp", WampServer.SUBPROTOCOL, WampServer.maxReadBytes(config), wamp::handler);
        var server = WebServer.start(SITE.vertx, config.web(), SITE.hub, List.of(mount))
                .await();
        ROUTERS.add(server);
        return server.url();
    }

    private static String management(String headers) {
        Vertx vertx = SITE.vertx;
        var config = ConfigLoader.parse(
                        "management: {port: 0, login: true}\nweb:\n" + AUTH + "  limits: {headers: " + headers + "}",
                        "test")
                .orThrow();
        return ManagementServer.start(vertx, config).await().url();
    }

    /** Returns a token of about this length, whose bearer is in very many groups. */
    private static String token(int length) {
        var claims = Tokens.claims("watchers", Instant.now().plusSeconds(60));
        claims.put("groups", "g".repeat(length * 3 / 4 - 250));
        return Tokens.signed(Tokens.SECRET, claims);
    }
}
