package dev.busbar.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.hub.HubMessage;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import dev.busbar.web.WebServer;
import dev.busbar.web.sockjs.Browsers;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.PubSecKeyOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over HTTP, with the embedded broker. */
class ApiTest {

    private static final String SECRET = "a secret that is only long enough for a test";

    private static final String DEAD = "busbar.dead-letter";

    private static final String CONFIG = """
            broker: {embedded: {port: 0}}
            brokers: {plant: {uri: "%s"}}
            routes:
              - {name: in, from: {filter: "in.#"}, to: {address: in}}
              - name: failing
                from: {filter: "failing.#", queue: {name: "failing.{node}", life: persistent}}
                to: {address: failing, delivery: request}
                scope: per-node
                onFailure: {attempts: 1}
              - {name: out, from: {address: out}, to: {key: "out.{id}"}}
              - name: far
                from: {broker: plant, filter: "far.#", exchange: api-test, queue: {name: failing.here, life: until-stop}}
                to: {address: far}
                onFailure: {then: park}
            cluster: {node: here}
            web:
              port: 0
              instances: 2
              auth: {jwt: {secret: "%s"}}
              anonymous: guests
              roles:
                guests: {produce: ["mq:guests.#"]}
                watchers: {observe: true, listen: ["mq:in.#"]}
                operators: {deadLetters: true}
              limits: {frame: 4KiB}
            """.formatted(EmbeddedBrokerJ.shared().uriText(), SECRET);

    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Hub hub;
    private static WebServer server;
    private static String watcher;
    private static String operator;

    @BeforeAll
    static void start() {
        var config = ConfigLoader.parse(CONFIG, "test").orThrow();
        hub = Hub.open(VERTX, config).await();
        VERTX.deployVerticle(new BridgeVerticle(config)).await();
        server = WebServer.start(VERTX, config.web(), hub).await();
        var jwt = JWTAuth.create(
                VERTX,
                new JWTAuthOptions()
                        .addPubSecKey(
                                new PubSecKeyOptions().setAlgorithm("HS256").setBuffer(SECRET)));
        watcher = bearer(jwt, "wanda", "watchers");
        operator = bearer(jwt, "olga", "operators");
        VERTX.eventBus().localConsumer("failing", message -> message.fail(42, "no disk"));
    }

    private static String bearer(JWTAuth jwt, String name, String role) {
        return "Bearer "
                + jwt.generateToken(
                        new JsonObject().put("sub", name).put("roles", new JsonArray().add(role)),
                        new JWTOptions().setExpiresInMinutes(60));
    }

    @AfterAll
    static void stop() {
        VERTX.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/node", "/cluster", "/broker", "/routes", "/routes/in", "/subscriptions"})
    void whatNoRolePermitsIsForbidden(String path) throws Exception {
        assertThat(get(path, watcher).statusCode()).isEqualTo(200);

        var refused = get(path, null);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(json(refused).getString("message")).contains("anonymous may not", "observe: true");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"busbar\"");
    }

    @Test
    void aTokenThatIsNotAcceptedIsNobodys() throws Exception {
        assertThat(get("/me", "Bearer nonsense").statusCode()).isEqualTo(401);
        assertThat(get("/routes", watcher + "x").statusCode()).isEqualTo(401);
        assertThat(get("/routes", "Basic YTpi").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/me",
                "/node",
                "/cluster",
                "/broker",
                "/routes",
                "/routes/failing",
                "/routes/in",
                "/routes/out",
                "/routes/far",
                "/subscriptions"
            })
    void answersAreAsDescribed(String path) throws Exception {
        OpenApi.assertDescribes("get", path.replaceFirst("/routes/.*", "/routes/{name}"), get(path, watcher));
    }

    @Test
    void theDescriptionIsServed() throws Exception {
        var served = get("/openapi.yaml", null);

        assertThat(served.headers().firstValue("Content-Type")).hasValue("application/yaml");
        assertThat(served.body()).isEqualTo(OpenApi.TEXT);
    }

    @Test
    void everyPathIsDescribedAndNoOther() {
        var endpoints = new Api(VERTX, hub, hub.config().web(), null, new Browsers())
                .endpoints().stream()
                        .map(endpoint -> endpoint.method().name().toLowerCase(Locale.ROOT) + " " + endpoint.path())
                        .toList();

        assertThat(OpenApi.operations()).containsExactlyInAnyOrderElementsOf(endpoints);
    }

    @Test
    void saysWhoAsksAndWhatTheyMayDo() throws Exception {
        assertThat(json(get("/me", null))).isEqualTo(new JsonObject("""
                        {"name": "anonymous", "expires": null, "signIn": ["bearer"], "listen": [],
                         "produce": ["mq:guests.#"], "observe": false, "deadLetters": false}
                        """));
        assertThat(json(get("/me", watcher)).getString("name")).isEqualTo("wanda");
    }

    @Test
    void routesHaveTheirStateAndCounts() throws Exception {
        VERTX.eventBus().request("out", new JsonObject().put("id", 1)).otherwiseEmpty();

        await().untilAsserted(() -> {
            var out = json(get("/routes/out", watcher));
            assertThat(out.getString("condition")).isEqualTo("ready");
            assertThat(out.getJsonObject("counts").getLong("accepted")).isPositive();
        });
        var all = json(get("/routes", watcher)).getJsonArray("routes");
        assertThat(all.stream().map(it -> ((JsonObject) it).getString("name")))
                .containsExactly("in", "failing", "out", "far");
        assertThat(all.getJsonObject(0).getJsonArray("filters")).containsExactly("in.#");
    }

    /** The queue of the same name on the top-level broker is another one. */
    @Test
    void aRouteOnAnotherBrokerSaysWhichAndNotWhatIsInItsQueue() throws Exception {
        var route = json(get("/routes/far", watcher));

        assertThat(route.getString("broker")).isEqualTo("plant");
        assertThat(route.getJsonObject("queue").getValue("messages")).isNull();
        assertThat(route.getJsonObject("queue").getString("unknown")).contains("on a broker that the console");
        assertThat(json(get("/dead-letters", operator)).encode()).doesNotContain("failing.here.parked");
    }

    @Test
    void theBrokerIsConnectedAndItsPasswordNotShown() throws Exception {
        var broker = json(get("/broker", watcher));

        assertThat(broker.getJsonObject("connections"))
                .allSatisfy(it -> assertThat(((JsonObject) it.getValue()).getString("state"))
                        .isEqualTo("connected"));
        assertThat(broker.encode()).doesNotContain("guest:guest");
        assertThat(broker.getJsonObject("others").getJsonArray("plant")).hasSize(1);
    }

    @Test
    void subscriptionsAreListed() throws Exception {
        var listening =
                hub.listen(TopicFilter.parse("api.*.test"), 0, message -> {}).await();

        var listed = json(get("/subscriptions", watcher)).getJsonArray("subscriptions");
        assertThat(listed).anySatisfy(it -> {
            var one = (JsonObject) it;
            assertThat(one.getString("filter")).isEqualTo("api.*.test");
            assertThat(one.getBoolean("bound")).isTrue();
            assertThat(one.getInteger("listeners")).isEqualTo(1);
        });
        listening.stop().await();
    }

    @Test
    void browsersAreListed() throws Exception {
        var url = URI.create(server.url());
        var sockets = VERTX.createWebSocketClient();
        var options = new WebSocketConnectOptions()
                .setHost(url.getHost())
                .setPort(url.getPort())
                .setURI("/eventbus/websocket")
                .addHeader("Authorization", watcher)
                .addHeader("Origin", server.url());
        var socket = sockets.connect(options).await();
        for (var n = 0; n < 25; n++) {
            socket.writeTextMessage("{\"type\":\"register\",\"address\":\"mq:in." + n + "\"}");
        }

        await().untilAsserted(() -> {
            var answer = get("/subscriptions", watcher);
            OpenApi.assertDescribes("get", "/subscriptions", answer);
            var browsers = json(answer).getJsonObject("browsers");
            assertThat(browsers.getInteger("sockets")).isEqualTo(1);
            var listed = browsers.getJsonArray("oldest").getJsonObject(0);
            assertThat(listed.getString("name")).isEqualTo("wanda");
            assertThat(listed.getString("remote")).startsWith("127.0.0.1:");
            assertThat(listed.getString("origin")).isEqualTo(server.url());
            assertThat(listed.getString("transport")).isEqualTo("raw-websocket");
            assertThat(listed.getInteger("listening")).isEqualTo(25);
            assertThat(listed.getJsonArray("addresses")).hasSize(20).contains("mq:in.0");
        });

        socket.close().await();
        await().untilAsserted(() -> assertThat(
                        json(get("/subscriptions", watcher)).getJsonObject("browsers"))
                .isEqualTo(new JsonObject(
                        "{\"sockets\": 0, \"refused\": 0, \"dropped\": 0, \"tooSlow\": 0, \"oldest\": []}")));
    }

    @Test
    void whatIsPublishedArrives() throws Exception {
        List<HubMessage> received = new CopyOnWriteArrayList<>();
        hub.listen(TopicFilter.parse("guests.1"), 0, received::add).await();

        var answer = post("{\"key\": \"guests.1\", \"body\": {\"n\": [null]}, \"headers\": {\"x-a\": 1}}", null);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        OpenApi.assertDescribes("post", "/messages", answer);
        assertThat(json(answer).getString("key")).isEqualTo("guests.1");
        await().untilAsserted(() -> assertThat(received).singleElement().satisfies(it -> {
            assertThat(it.body()).isEqualTo(new JsonObject("{\"n\": [null]}"));
            assertThat(it.message().properties().headers()).containsEntry("x-a", "1");
        }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"body\": 1}                                            | key",
                "{\"key\": 17, \"body\": 1}                               | key",
                "{\"key\": \"guests.*\", \"body\": 1}                     | key",
                "{\"key\": \"guests.1\"}                                  | body",
                "{\"key\": \"guests.1\", \"body\": 1, \"header\": {}}     | header",
                "{\"key\": \"guests.1\", \"body\": 1, \"headers\": []}    | headers",
                "{\"key\": \"guests.1\", \"body\": 1, \"headers\": {\"x\": []}} | headers.x",
                "[]  | ",
                "{   | ",
            })
    void badInputNamesTheField(String body, String field) throws Exception {
        var refused = post(body, null);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(json(refused).getString("field")).isEqualTo(field);
        assertThat(json(refused).getString("message")).isNotEmpty();
    }

    @Test
    void aHeaderThatWouldSpeakForOthersIsBadInput() throws Exception {
        var refused = post("{\"key\": \"guests.1\", \"body\": 1, \"headers\": {\"cc\": \"in.1\"}}", null);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(json(refused).getString("field")).isEqualTo("headers.cc");
        assertThat(json(refused).getString("message")).contains("other keys");
    }

    @Test
    void aHeaderThatCannotBeCarriedIsBadInput() throws Exception {
        var refused = post("{\"key\": \"guests.1\", \"body\": 1, \"headers\": {\"amqp-priority\": \"x\"}}", null);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(json(refused).getString("message")).contains("amqp-priority");
    }

    @Test
    void aKeyThatOverlapsNoPermittedOneMayNotBeProduced() throws Exception {
        assertThat(post("{\"key\": \"in.1\", \"body\": 1}", null).statusCode()).isEqualTo(401);
        assertThat(post("{\"key\": \"guests.1\", \"body\": 1}", watcher).statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatIsNoJsonOrTooLongIsRefused() throws Exception {
        var text = CLIENT.send(
                request("/messages").POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());
        assertThat(text.statusCode()).isEqualTo(415);

        assertThat(post("\"" + "x".repeat(5_000) + "\"", null).statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/nothing", "/routes/nothing", "/routes/in/more", "/messages/1", "/../api/nothing"})
    void whatIsNotThereIsSaidInJson(String path) throws Exception {
        var missing = get(path, watcher);

        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(json(missing).getString("message")).contains("there is no");
    }

    @Test
    void anotherMethodIsNotAllowed() throws Exception {
        var refused = CLIENT.send(request("/routes").DELETE().build(), BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(json(refused).getString("message")).contains("DELETE");

        assertThat(get("/messages", watcher).statusCode()).isEqualTo(405);
    }

    @Test
    void aPageOfAnotherOriginMayNotAsk() throws Exception {
        var request = request("/routes").header("Authorization", watcher).header("Origin", "https://evil.example");

        assertThat(CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void routesSayHowMuchIsInTheirQueueOrWhyNot() throws Exception {
        var queue = json(get("/routes/failing", watcher)).getJsonObject("queue");
        assertThat(queue.getString("name")).isEqualTo("failing.here");
        assertThat(queue.getInteger("consumers")).as(queue.encode()).isEqualTo(1);
        assertThat(queue.getString("unknown")).isNull();

        var unnamed = json(get("/routes/in", watcher)).getJsonObject("queue");
        assertThat(unnamed.getValue("messages")).isNull();
        assertThat(unnamed.getString("unknown")).contains("transient");
    }

    @Test
    void deadLettersAreForWhoMay() throws Exception {
        assertThat(get("/dead-letters", operator).statusCode()).isEqualTo(200);
        assertThat(get("/dead-letters", watcher).statusCode()).isEqualTo(403);
        assertThat(get("/dead-letters/" + DEAD, null).statusCode()).isEqualTo(401);
        for (var action : List.of("/requeue", "/discard")) {
            assertThat(post("/dead-letters/" + DEAD + action, "{\"all\": true}", watcher)
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void deadLettersAreSeenPutBackAndDiscarded() throws Exception {
        hub.produce(RoutingKey.parse("failing.1"), new JsonObject().put("n", 1), MultiMap.caseInsensitiveMultiMap())
                .await();
        await().until(() -> deadLetters().size() == 1);
        var queues = get("/dead-letters", operator);
        OpenApi.assertDescribes("get", "/dead-letters", queues);
        assertThat(json(queues).getJsonArray("queues").stream().map(it -> ((JsonObject) it).getString("name")))
                .containsExactly(DEAD);
        OpenApi.assertDescribes("get", "/dead-letters/{queue}", get("/dead-letters/" + DEAD, operator));
        var letter = deadLetters().getJsonObject(0);
        assertThat(letter.getString("key")).isEqualTo("failing.1");
        assertThat(letter.getString("route")).isEqualTo("failing");
        assertThat(letter.getString("reason")).contains("no disk");
        assertThat(letter.getString("format")).isEqualTo("json");
        assertThat(letter.getString("body")).isEqualTo("{\"n\":1}");
        var tokens = new JsonObject().put("tokens", new JsonArray().add(letter.getString("token")));

        var requeued = post("/dead-letters/" + DEAD + "/requeue", tokens.encode(), operator);

        OpenApi.assertDescribes("post", "/dead-letters/{queue}/requeue", requeued);
        assertThat(json(requeued).getInteger("moved")).as(requeued.body()).isEqualTo(1);
        // The message fails again, and counts that it has been put back.
        await().untilAsserted(() -> assertThat(deadLetters())
                .singleElement()
                .satisfies(it ->
                        assertThat(((JsonObject) it).getInteger("requeues")).isEqualTo(1)));

        var discarded = post("/dead-letters/" + DEAD + "/discard", "{\"all\": true, \"limit\": 5}", operator);

        OpenApi.assertDescribes("post", "/dead-letters/{queue}/discard", discarded);
        assertThat(json(discarded).getInteger("moved")).isEqualTo(1);
        assertThat(deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"7b22, text, '{\"'", "ff00, base64, /wA="})
    void bodiesThatCannotBeReadAreShownAsTextOrBytes(String hex, String format, String body) throws Exception {
        var broken = MultiMap.caseInsensitiveMultiMap().add("amqp-content-type", "application/json");
        hub.produce(RoutingKey.parse("failing.2"), Buffer.buffer(HexFormat.of().parseHex(hex)), broken)
                .await();

        await().until(() -> deadLetters().size() == 1);
        var letter = deadLetters().getJsonObject(0);
        OpenApi.assertDescribes("get", "/dead-letters/{queue}", get("/dead-letters/" + DEAD, operator));
        assertThat(letter.getString("format")).isEqualTo(format);
        assertThat(letter.getString("body")).isEqualTo(body);
        assertThat(letter.getString("reason")).contains("unreadable");
        post("/dead-letters/" + DEAD + "/discard", "{\"all\": true}", operator);
    }

    /** Bodies nested as deeply as can be decoded, and more deeply than could be encoded within an answer. */
    @ParameterizedTest
    @CsvSource({"900, json", "901, text", "998, text"})
    void aBodyNestedDeeplyIsShownWithTheOthers(int levels, String format) throws Exception {
        var broken = MultiMap.caseInsensitiveMultiMap().add("amqp-content-type", "application/json");
        var deep = "[".repeat(levels) + "]".repeat(levels);
        hub.produce(RoutingKey.parse("failing.3"), Buffer.buffer(deep), broken).await();

        await().until(() -> deadLetters().size() == 1);
        var letter = deadLetters().getJsonObject(0);
        assertThat(letter.getString("format")).isEqualTo(format);
        assertThat(letter.getValue("body")).hasToString(deep);
        post("/dead-letters/" + DEAD + "/discard", "{\"all\": true}", operator);
    }

    private static JsonArray deadLetters() throws Exception {
        return json(get("/dead-letters/" + DEAD, operator)).getJsonArray("messages");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                   | tokens",
                "{\"all\": true, \"tokens\": [\"x\"]} | tokens",
                "{\"all\": 1}                         | all",
                "{\"tokens\": []}                     | tokens",
                "{\"tokens\": [1]}                    | tokens",
                "{\"all\": true, \"limit\": 1001}     | limit",
                "{\"tokens\": [\"x\"], \"limit\": 1}  | limit",
                "{\"ids\": []}                        | ids",
            })
    void aBadSelectionNamesTheField(String body, String field) throws Exception {
        var refused = post("/dead-letters/" + DEAD + "/requeue", body, operator);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(json(refused).getString("field")).isEqualTo(field);
    }

    @Test
    void onlyQueuesForDeadLettersCanBeLookedAt() throws Exception {
        assertThat(get("/dead-letters/failing", operator).statusCode()).isEqualTo(404);
        assertThat(post("/dead-letters/failing/discard", "{\"all\": true}", operator)
                        .statusCode())
                .isEqualTo(404);
        assertThat(get("/dead-letters/" + DEAD + "?limit=201", operator).statusCode())
                .isEqualTo(400);
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + "/api" + path));
    }

    static HttpResponse<String> get(String path, String authorization) throws IOException, InterruptedException {
        var request = request(path);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String body, String authorization)
            throws IOException, InterruptedException {
        return post("/messages", body, authorization);
    }

    private static HttpResponse<String> post(String path, String body, String authorization)
            throws IOException, InterruptedException {
        var request = request(path).header("Content-Type", "application/json");
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return CLIENT.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static JsonObject json(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return new JsonObject(response.body());
    }
}
