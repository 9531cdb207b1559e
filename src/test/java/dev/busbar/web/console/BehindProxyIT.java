package dev.busbar.web.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.Chromium;
import dev.busbar.testing.FreePort;
import dev.busbar.testing.Nginx;
import dev.busbar.wamp.WampServer;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Busbar's HTTP port below a path of nginx, configured as in the guide. */
class BehindProxyIT {

    private static final Path GUIDE = Path.of("src/site/markdown/console.md");
    private static final Pattern RECIPE = Pattern.compile("(?s)\n```nginx\n(.*?)```\n");
    private static final int PORT = FreePort.next();
    private static final String ORIGIN = "http://127.0.0.1:" + PORT;

    @TempDir
    private static Path folder;

    private static ConsoleSite site;
    private static Nginx nginx;

    @BeforeAll
    static void start() throws IOException {
        site = new ConsoleSite("origins: [\"" + ORIGIN + "\"]");
        var recipe = RECIPE.matcher(Files.readString(GUIDE));
        assertThat(recipe.find()).as("the recipe in %s", GUIDE).isTrue();
        var http = recipe.group(1)
                .replaceAll("listen [^;]*;", "listen 127.0.0.1:" + PORT + ";")
                .replaceAll("server_name [^;]*;", "")
                .replaceAll("ssl_[^;]*;", "")
                .replace("http://127.0.0.1:8080/", site.server.url() + "/");
        nginx = Nginx.start(folder, http, PORT);
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
        }
        if (site != null) {
            site.close();
        }
    }

    @Test
    void theConsoleWorksThereAndAsksForNothingElsewhere() throws IOException {
        var before = nginx.requests().size();
        try (var browser = Chromium.start()) {
            browser.open(ORIGIN + "/busbar/");
            browser.sees("#connection", "Connected");
            browser.sees("#listening", "Listening to #");

            browser.type("#publish-key", "builds.1.proxied");
            browser.type("#publish-body", "[1]");
            browser.click("[aria-labelledby=publish-title] button");
            browser.sees("[data-view=messages] tbody tr", "builds.1.proxied");
            browser.click("nav a[href='#routes']");
            browser.sees("[data-route=failing] .pill", "ready");
            browser.sees("[data-route=failing] canvas", ""::equals);
            browser.click("nav a[href='#subscriptions']");
            browser.sees("[data-part=browsers] td", "websocket");
            // Without the slash, as people type it.
            browser.open(ORIGIN + "/busbar");
            browser.sees("#connection", "Connected");

            assertThat(browser.complaints()).isEmpty();
        }
        // nginx logs a WebSocket when it has closed.
        await().untilAsserted(() ->
                assertThat(since(before)).anyMatch(it -> it.matches("GET /busbar/eventbus/.*/websocket 101")));
        assertThat(since(before))
                .allMatch(it -> it.matches("\\w+ /busbar(/.*)? .*"))
                .noneMatch(it -> it.matches(".* (4(?!99)|5)\\d\\d"));
    }

    /**
     * Returns the log from the page's request on: nginx logs a request only once it is answered, perhaps in another
     * test.
     */
    private static List<String> since(int before) throws IOException {
        return nginx.requests().stream()
                .skip(before)
                .dropWhile(it -> !it.startsWith("GET /busbar/ "))
                .toList();
    }

    @Test
    void browsersWithoutWebSocketsAreServedToo() throws Exception {
        var http = HttpClient.newHttpClient();
        var streaming = request("/busbar/eventbus/000/streaming/xhr_streaming")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var first = new CompletableFuture<String>();
        var answer = http.sendAsync(streaming, BodyHandlers.fromLineSubscriber(new Lines(first)));

        // SockJS begins with padding for the buffers of old browsers; nginx must not buffer it.
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo("o");
        answer.cancel(true);
        var info = http.send(request("/busbar/eventbus/info").build(), BodyHandlers.ofString());
        assertThat(info.body()).contains("\"websocket\":true");
        assertThat(info.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void theApiAnswersAndStrangersStayOut() throws Exception {
        assertThat(get("/busbar/api/me", ORIGIN).statusCode()).isEqualTo(200);
        assertThat(get("/busbar/api/openapi.yaml", ORIGIN).body()).contains("url: .");
        assertThat(get("/busbar/api/me", "https://elsewhere.example").statusCode())
                .isEqualTo(403);
    }

    /** nginx decodes a path before it passes the path on. */
    @Test
    void namesWithSlashesComeThrough() throws Exception {
        for (var path : List.of("", "?limit=1")) {
            var answer = get("/busbar/api/dead-letters/slash%2Fed%20%25.parked" + path, ORIGIN);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"name\":\"slash/ed %.parked\"");
        }
        var requeued = HttpClient.newHttpClient()
                .send(
                        request("/busbar/api/dead-letters/slash%2Fed%20%25.parked/requeue")
                                .header("Origin", ORIGIN)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString("{\"all\": true}"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(requeued.body()).contains("\"moved\":0");
    }

    /** nginx passes on headers that are longer than Busbar accepts, so that Busbar answers. */
    @Test
    void longTokensComeThrough() throws Exception {
        var token = "Bearer " + "x".repeat(30_000);
        for (var path : List.of("/busbar/api/me", "/busbar/eventbus/info")) {
            var request = request(path).header("Authorization", token).build();

            var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

            assertThat(answer.body()).doesNotContain("nginx").startsWith("{");
        }
    }

    @Test
    void wampAndPlainSocketsComeThrough() throws Exception {
        var client = site.vertx.createWebSocketClient();
        for (var path : List.of("/busbar/wamp", "/busbar/eventbus/websocket")) {
            var options = new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(PORT)
                    .setURI(path)
                    .addHeader("Origin", ORIGIN);
            var socket = client.connect(
                            path.endsWith("wamp") ? options.addSubProtocol(WampServer.SUBPROTOCOL) : options)
                    .await();
            var answer = new CompletableFuture<String>();
            socket.textMessageHandler(answer::complete);
            socket.writeTextMessage(
                    path.endsWith("wamp")
                            ? "[1,\"realm1\",{\"roles\":{}}]"
                            : "{\"type\":\"nothing\",\"address\":\"a\"}");
            assertThat(answer.get(20, TimeUnit.SECONDS)).matches("\\[2,.*|.*invalid_type.*");
            socket.close().await();
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(ORIGIN + path));
    }

    private static HttpResponse<String> get(String path, String origin) throws Exception {
        return HttpClient.newHttpClient()
                .send(request(path).header("Origin", origin).build(), BodyHandlers.ofString());
    }

    /** Completes with the first short line. */
    private static final class Lines implements Flow.Subscriber<String> {
        private final CompletableFuture<String> first;

        private Lines(CompletableFuture<String> first) {
            this.first = first;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.length() == 1) {
                first.complete(line);
            }
        }

        @Override
        public void onError(Throwable failure) {
            first.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            first.completeExceptionally(new IOException("it ended"));
        }
    }
}
