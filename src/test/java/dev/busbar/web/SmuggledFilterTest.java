package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Filters and keys that try to reach further than the role permits. In them, {@code \\u} is an escape of JSON. */
class SmuggledFilterTest {

    private static final Site SITE = new Site("""
              anonymous: guests
              roles:
                guests: {listen: ["mq:builds.*.finished", news], produce: ["mq:builds.*.*", ask]}
            """.indent(0));

    @AfterAll
    static void stop() {
        SITE.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mq:#",
                "mq:*",
                "mq:",
                "mq:.",
                "mq:..",
                "mq:#.#",
                "mq:#.finished",
                "mq:builds.#",
                "mq:builds.#.finished",
                "mq:builds.*.finished.#",
                "mq:#.builds.*.finished",
                "mq:builds.*.*",
                "mq:*.*.finished",
                "mq:builds.\\u002a.\\u0023",
                "mq:\\u0023",
                "mq:%23",
                "mq:%62uilds.x.finished",
                "mq:builds.＃",
                "mq:builds.*.finished\\u0000",
                "mq:builds.*.finished\\u0000.#",
                "mq:builds.*.finished\\n",
                "mq:builds.*.finished ",
                " mq:builds.*.finished",
                "mq: builds.*.finished",
                "mq:builds.**.finished",
                "mq:builds.#x.finished",
                "mq:builds..finished.",
                "mq:.builds.*.finished",
                "MQ:builds.*.finished",
                "mq:mq:builds.*.finished",
                "mq:Builds.*.finished",
                "mq",
                "",
                "news.",
                "news\\u0000",
                "NEWS",
                "ask",
                "__vertx.reply.1",
                "*",
                "#"
            })
    void isNotListenedTo(String address) {
        var client = SITE.raw();

        client.send("{'type':'register','address':'" + address + "'}");

        refused(client);
        assertThat(client.frames.get(0).getString("body")).isIn("access_denied", "invalid_address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mq:builds.*.finished", "mq:builds.#", "mq:#", "mq:builds.\\u0023", "mq:builds.1", "mq:builds.1.2.3",
                "mq:", "mq:..", "mq:changes.1.new", "mq:builds.1.fin\\u0000ished", "mq:builds.1.2\\n", "mq:builds.1.ü",
                "news", "ask\\u0000", "ASK", "__vertx.reply.1", "busbar.mq"
            })
    void isNotProduced(String address) {
        var client = SITE.raw();

        client.send("{'type':'send','address':'" + address + "','body':1,'replyAddress':'r'}");

        refused(client);
        assertThat(client.frames.get(0).getString("body")).isIn("access_denied", "invalid_address");
        assertThat(client.frames.get(0).getString("address")).isEqualTo("r");
    }

    private static void refused(BrowserClient client) {
        await().untilAsserted(() -> assertThat(client.frames).singleElement().satisfies(it -> {
            assertThat(it.getString("type")).isEqualTo("err");
            assertThat(it.getString("message")).isNotBlank();
        }));
    }

    /** An empty word is a word: wildcards match it, and so do the wildcards of permissions. */
    @Test
    void emptyWordsAreWords() {
        var client = SITE.raw();

        client.send("{'type':'register','address':'mq:builds..finished'}");

        await().untilAsserted(() -> {
            client.send("{'type':'send','address':'mq:builds..finished','body':1}");
            assertThat(client.received("mq:builds..finished")).isNotEmpty();
        });
        client.send("{'type':'send','address':'mq:builds..','body':1,'replyAddress':'r'}");
        await().untilAsserted(() -> assertThat(client.received("r")).hasSize(1));
    }

    @Test
    void whatIsVeryLongIsRefusedAndNotRepeated() {
        var client = SITE.raw();
        var endless = "mq:builds." + "x".repeat(600_000) + ".finished";

        client.send("{'type':'register','address':'" + endless + "'}");
        client.send("{'type':'send','address':'" + endless + "','body':1}");
        client.send("{'type':'register','address':'mq:builds.1.finished','headers':{'replay':'" + endless + "'}}");
        client.send("{'type':'send','address':'ask','body':1,'headers':{'amqp-user-id':'" + endless + "'}}");
        client.send("{'type':'send','address':'ask','body':1,'replyAddress':'" + endless + "'}");
        client.send("{'type':'" + endless + "','address':'ask'}");

        await().untilAsserted(() -> assertThat(client.frames).hasSize(6));
        assertThat(client.frames)
                .allSatisfy(it -> assertThat(it.encode().length()).isLessThan(1_000))
                .extracting(it -> it.getString("body"))
                .containsExactly(
                        "max_address_length_reached",
                        "max_address_length_reached",
                        "invalid_header",
                        "invalid_header",
                        "invalid_reply_address",
                        "invalid_type");
    }
}
