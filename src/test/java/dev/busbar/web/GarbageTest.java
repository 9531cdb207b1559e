package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid frames: the socket names the mistake and goes on, or is closed. */
class GarbageTest {

    private static final Site SITE = new Site("""
              anonymous: guests
              roles: {guests: {listen: [news], produce: [ask, "mq:garbage"]}}
              limits: {frame: 64KiB}
            """.indent(0));

    @AfterAll
    static void stop() {
        SITE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "{",
                "}",
                "{}",
                "[]",
                "null",
                "1",
                "'text'",
                "{'type':null}",
                "{'type':1}",
                "{'type':{}}",
                "{'type':'register'}",
                "{'type':'register','address':null}",
                "{'type':'register','address':[]}",
                "{'type':'register','address':'news','headers':[]}",
                "{'type':'register','address':'news','headers':'x'}",
                "{'type':'nothing','address':'news'}",
                "{'type':'auth'}",
                "{'type':'auth','token':1}",
                "{'type':'send','address':'ask','headers':{'Authorization':{}}}",
                "{'type':'send','address':true}",
                "{'type':'send','address':'ask','replyAddress':7}",
                "{'type':'PING','address':'x'}",
                "{'type':'register','address':'news'} trailing",
                "\u0000",
                "{'type':'send','address':'ask','body':NaN}",
                "{'type':'send','address':'ask','body':1e}",
                "{'type':'send','address':'ask','body':'\u0001'}"
            })
    void isAnsweredWithWhatIsWrong(String frame) {
        var client = SITE.raw();

        client.send(frame);
        client.send("{'type':'send','address':'elsewhere'}");

        await().untilAsserted(() -> assertThat(client.errors("access_denied")).hasSize(1));
        assertThat(client.frames).hasSizeLessThanOrEqualTo(2).allSatisfy(it -> {
            assertThat(it.getString("type")).isEqualTo("err");
            assertThat(it.getString("message")).isNotBlank();
        });
        goesOn(client);
    }

    private static void goesOn(BrowserClient client) {
        client.send("{'type':'register','address':'news'}");
        await().untilAsserted(() -> {
            SITE.vertx.eventBus().publish("news", 1);
            assertThat(client.received("news")).isNotEmpty();
        });
    }

    @Test
    void bytesAreNoFrame() {
        var client = SITE.raw();
        var random = new Random(1);

        for (var n = 0; n < 50; n++) {
            var bytes = new byte[random.nextInt(1, 2_000)];
            random.nextBytes(bytes);
            client.socket().writeBinaryMessage(Buffer.buffer(bytes));
        }

        await().untilAsserted(() -> assertThat(client.errors("invalid_json")).hasSize(50));
        goesOn(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{'a':", "[[{'a':"})
    void whatIsNestedTooDeeplyIsNoFrame(String open) {
        var client = SITE.raw();
        var times = 30_000 / open.length();

        client.send("{'type':'send','address':'ask','body':" + open.repeat(times));
        client.send("{'type':'send','address':'ask','body':" + "[".repeat(20_000) + "]".repeat(20_000) + "}");

        await().untilAsserted(() -> assertThat(client.errors("invalid_json")).hasSize(2));
        goesOn(client);
    }

    /** JSON nested as deeply as a frame may be; the frame that goes out is one level deeper. */
    @Test
    void whatIsNestedJustNotTooDeeplyArrivesOrFails() {
        var client = SITE.raw();

        for (var depth : new int[] {900, 990, 997, 998, 999}) {
            client.send("{'type':'send','address':'mq:garbage','body':" + "[".repeat(depth) + "]".repeat(depth)
                    + ",'replyAddress':'" + depth + "'}");
        }

        await().untilAsserted(() -> assertThat(client.frames).hasSize(5));
        goesOn(client);
    }

    @Test
    void numbersBeyondAllBoundsAreNoTrouble() {
        var client = SITE.raw();

        client.send("{'type':'send','address':'mq:garbage','body':1e999999999,'replyAddress':'a'}");
        client.send("{'type':'send','address':'mq:garbage','body':" + "9".repeat(5_000) + ",'replyAddress':'b'}");

        await().untilAsserted(() -> assertThat(client.frames).hasSize(2));
        goesOn(client);
    }

    @Test
    void whoSendsAFrameThatIsTooLongIsClosedAndNobodyElse() {
        var other = SITE.raw();
        for (var client : new BrowserClient[] {SITE.raw(), SITE.sockjs()}) {
            client.send("{'type':'send','address':'ask','body':'" + "x".repeat(70_000) + "'}");

            await().until(client::isClosed);
        }
        goesOn(other);
    }

    /** Invalid SockJS frames around the bridge's frames. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "[",
                "[]",
                "{}",
                "[\"",
                "[\"\"]",
                "[\"a\",]",
                "[\"a\",null,\"b\"]",
                "[\"a\",{},\"b\"]",
                "[\"a\",[\"b\"],\"c\"]",
                "\"\"",
                "\"a",
                "[\"\\ud800\"]",
                "[\"{\\\"type\\\":\\\"ping\\\"}\",5,\"\"]"
            })
    void brokenSockJsHarmsNobodyElse(String text) {
        var client = SITE.sockjs();
        var other = SITE.sockjs();

        client.socket().writeTextMessage(text);
        client.socket().writeTextMessage("[\"{\\\"type\\\":\\\"send\\\",\\\"address\\\":\\\"elsewhere\\\"}\"]");

        await().until(() -> client.isClosed() || !client.errors("access_denied").isEmpty());
        goesOn(other);
    }
}
