package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code @vertx/eventbus-bridge-client.js} as published, over each transport that it has outside of browsers. */
class OfficialClientIT {

    private static final String BUILDS = "mq:builds.*.finished";

    private static Site site;

    @BeforeAll
    static void start() {
        site = new Site("""
                  anonymous: guests
                  auth: {jwt: {secret: %s, audience: busbar}}
                  limits: {pingTimeout: 2s}
                  roles:
                    guests: {listen: ["mq:builds.*.finished", news], produce: ["mq:builds.#", ask, nobody, fails]}
                    operators: {listen: ["mq:#"], produce: ["mq:#"]}
                """.formatted(Tokens.SECRET));
        site.vertx.eventBus().<JsonObject>consumer("ask", message -> message.reply(message.body()));
        site.vertx.eventBus().consumer("fails", (Message<Object> message) -> message.fail(42, "no"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static OfficialClient open(String transport) throws Exception {
        var client = OfficialClient.over(transport, site.server.url());
        await().untilAsserted(() -> assertThat(client.heard("open"))
                .extracting(it -> it.getString("transport"))
                .containsExactly(transport));
        return client;
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "xhr-streaming", "xhr-polling", "eventsource"})
    void messagesGoBothWaysThroughTheBroker(String transport) throws Exception {
        try (var client = open(transport)) {
            client.tell("{'do':'register','address':'" + BUILDS + "'}");
            listensTo(client, BUILDS, "mq:builds.0.finished");

            client.tell("{'do':'send','id':'s','address':'mq:builds.17.finished','body':{'id':17},"
                    + "'headers':{'x-a':'b'}}");
            client.tell("{'do':'publish','address':'mq:builds.18.finished','body':'ü€😀'}");

            await().untilAsserted(() -> {
                assertThat(isConfirmed(client, "s")).as("%s", client.heard).isTrue();
                assertThat(client.messages(BUILDS))
                        .anySatisfy(it -> {
                            assertThat(it.getJsonObject("body").getValue("id")).isEqualTo(17);
                            assertThat(it.getJsonObject("headers").getMap())
                                    .containsEntry("x-a", "b")
                                    .containsEntry("amqp-routing-key", "builds.17.finished");
                        })
                        .anySatisfy(it -> assertThat(it.getValue("body")).isEqualTo("ü€😀"));
            });

            client.tell("{'do':'unregister','address':'" + BUILDS + "'}");
            client.tell("{'do':'register','address':'mq:builds.fence.finished'}");
            listensTo(client, "mq:builds.fence.finished", "mq:builds.fence.finished");
            assertThat(client.messages(BUILDS))
                    .noneSatisfy(it -> assertThat(it.getJsonObject("headers").getString("amqp-routing-key"))
                            .isEqualTo("builds.fence.finished"));
        }
    }

    /** The callback gets no error; a confirmation has no content. */
    private static boolean isConfirmed(OfficialClient client, String id) {
        var reply = client.reply(id);
        return reply != null && reply.getValue("error") == null && reply.getValue("body") == null;
    }

    /** Publishes until a message comes, because the protocol does not confirm a registration. */
    private static void listensTo(OfficialClient client, String address, String key) {
        await().untilAsserted(() -> {
            client.tell("{'do':'publish','address':'" + key + "','body':{}}");
            assertThat(client.messages(address)).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "xhr-streaming", "xhr-polling", "eventsource"})
    void requestsAreAnsweredInBothDirections(String transport) throws Exception {
        try (var client = open(transport)) {
            client.tell("{'do':'send','id':'q','address':'ask','body':{'n':1}}");
            client.tell("{'do':'register','address':'news'}");

            await().until(() -> client.reply("q") != null);
            assertThat(client.reply("q").getJsonObject("body")).isEqualTo(new JsonObject().put("n", 1));
            await().ignoreExceptions().untilAsserted(() -> {
                var reply = site.vertx
                        .eventBus()
                        .<JsonObject>request("news", "who", new DeliveryOptions().setSendTimeout(500))
                        .await();
                assertThat(reply.body()).isEqualTo(new JsonObject().put("echo", "who"));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "xhr-polling"})
    void callbacksAreToldWhatFailedWithACode(String transport) throws Exception {
        try (var client = open(transport)) {
            client.tell("{'do':'send','id':'fails','address':'fails','body':1}");
            client.tell("{'do':'send','id':'nobody','address':'nobody','body':1}");
            client.tell("{'do':'send','id':'denied','address':'mq:changes.new','body':1}");
            client.tell("{'do':'send','id':'wildcard','address':'mq:builds.*','body':1}");
            client.tell("{'do':'send','id':'header','address':'ask','body':1,'headers':{'amqp-user-id':'root'}}");
            client.tell("{'do':'send','id':'priority','address':'mq:builds.1','body':1,"
                    + "'headers':{'amqp-priority':'x'}}");

            await().untilAsserted(() -> {
                assertFailed(client, "fails", 42, "RECIPIENT_FAILURE", "no");
                assertFailed(client, "nobody", -1, "NO_HANDLERS", "nobody");
                assertFailed(client, "denied", 403, "ERROR", "anonymous may not produce to mq:changes.new");
                assertFailed(client, "wildcard", 400, "ERROR", "builds.*");
                assertFailed(client, "header", 400, "ERROR", "amqp-user-id");
                assertFailed(client, "priority", 5005, "RECIPIENT_FAILURE", "amqp-priority");
            });
            assertThat(client.heard("error")).isEmpty();

            client.tell("{'do':'register','address':'mq:#'}");
            await().untilAsserted(() -> assertThat(client.heard("error"))
                    .singleElement()
                    .satisfies(it -> {
                        var error = it.getJsonObject("error");
                        assertThat(error.getString("body")).isEqualTo("access_denied");
                        assertThat(error.getString("sourceAddress")).isEqualTo("mq:#");
                    }));
        }
    }

    private static void assertFailed(OfficialClient client, String id, int code, String type, String message) {
        assertThat(client.reply(id)).as(id).isNotNull();
        var error = client.reply(id).getJsonObject("error");
        assertThat(error.getInteger("failureCode")).isEqualTo(code);
        assertThat(error.getString("failureType")).isEqualTo(type);
        assertThat(error.getString("message")).contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "xhr-polling"})
    void handlersAreBackWithAServerThatWasAway(String transport) throws Exception {
        try (var client = open(transport)) {
            client.tell("{'do':'reconnecting'}");
            client.tell("{'do':'register','address':'" + BUILDS + "'}");
            listensTo(client, BUILDS, "mq:builds.0.finished");

            site.restart();

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(client.heard("reconnect")).isNotEmpty());
            var before = client.messages(BUILDS).size();
            await().untilAsserted(() -> {
                client.tell("{'do':'publish','address':'mq:builds.0.finished','body':{}}");
                assertThat(client.messages(BUILDS)).hasSizeGreaterThan(before);
            });
        }
    }

    @Test
    void aTokenInTheDefaultHeadersIsBelievedAndGoesNoFurther() throws Exception {
        try (var client = open("websocket")) {
            client.tell("{'do':'send','id':'before','address':'mq:changes.new','body':1}");
            client.tell("{'do':'defaultHeaders','headers':{'Authorization':'Bearer " + Tokens.of("operators") + "'}}");
            client.tell("{'do':'register','address':'mq:changes.#'}");
            client.tell("{'do':'send','id':'after','address':'mq:changes.new','body':1}");

            await().untilAsserted(() -> {
                assertFailed(client, "before", 403, "ERROR", "may not produce");
                assertThat(isConfirmed(client, "after")).isTrue();
            });
            listensTo(client, "mq:changes.#", "mq:changes.new");
            assertThat(client.messages("mq:changes.#"))
                    .allSatisfy(it -> assertThat(it.encode()).doesNotContainIgnoringCase("authorization"));
        }
    }

    @Test
    void whoPingsStaysAndWhoDoesNotIsClosed() throws Exception {
        var silent = new JsonObject().put("vertxbus_ping_interval", 60_000);
        try (var pinging = open("websocket");
                var quiet = new OfficialClient(site.server.url(), silent)) {
            await().until(() -> !quiet.heard("close").isEmpty());
            assertThat(pinging.heard("close")).isEmpty();
        }
    }
}
