package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Browsers send faster than Busbar can handle their frames, or send frames that nobody can handle. */
class FloodTest {

    private static final String WEB = """
              anonymous: guests
              roles:
                guests: {listen: ["mq:#", news], produce: ["mq:#", ask]}
              auth: {jwt: {secret: 0123456789abcdef0123456789abcdef}}
              limits: {inFlight: 2, frame: 64KiB}
            """.indent(0);

    private static final Site SITE = new Site(WEB);

    @AfterAll
    static void stop() {
        SITE.close();
    }

    @BeforeEach
    void nobodyReplies() {
        SITE.vertx.eventBus().consumer("ask", message -> {});
    }

    @Test
    void whoSendsOnWithoutWaitingForRepliesIsDisconnected() {
        var client = XhrClient.polling(SITE);

        sendUntilClosed(client, "{'type':'send','address':'ask','body':1,'replyAddress':'r'}");

        await().until(client::isClosed);
        assertThat(overfull(client))
                .singleElement()
                .satisfies(it -> assertThat(it.getString("message")).contains("1000 messages", "131072 bytes"));
    }

    @Test
    void bytesAreCountedToo() {
        var client = XhrClient.streaming(SITE);

        sendUntilClosed(
                client, "{'type':'send','address':'ask','body':'" + "x".repeat(20_000) + "','replyAddress':'r'}");

        await().until(client::isClosed);
        assertThat(overfull(client)).hasSize(1);
    }

    /** Sends until the socket is closed. Sending fails for a moment, until the socket is open. */
    private static void sendUntilClosed(XhrClient client, String message) {
        await().until(() -> client.send(message).await() == 204);
        for (var n = 0; n < 2_000 && !client.isClosed(); n++) {
            client.send(message).await();
        }
    }

    private static List<JsonObject> overfull(XhrClient client) {
        return client.frames.stream()
                .filter(it -> "too_many_messages".equals(it.getValue("body")))
                .toList();
    }

    @Test
    void whatCannotBeReadDoesNotSilenceASocketThatHasJustSaidWhoItIs() {
        var client = SITE.raw();

        for (var broken : new String[] {
            "'address':5", "'address':'a','replyAddress':{}", "'address':'a','headers':[]", "'address':'a','headers':7"
        }) {
            client.send("{'type':'send','headers':{'Authorization':'Bearer x'}," + broken + "}");
        }
        client.send("{'type':5}");
        client.send("{'type':'register','address':'news'}");

        await().untilAsserted(() -> assertThat(client.errors("invalid_json")).hasSize(5));
        await().untilAsserted(() -> {
            SITE.vertx.eventBus().publish("news", "here");
            assertThat(client.received("news")).isNotEmpty();
        });
    }
}
