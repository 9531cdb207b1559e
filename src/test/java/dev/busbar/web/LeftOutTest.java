package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.topic.RoutingKey;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Messages that cannot be sent to browsers: browsers that listen are told. */
class LeftOutTest {

    private static final Site SITE = new Site("""
              anonymous: guests
              roles: {guests: {listen: ["mq:builds.#"]}}
            """.indent(0));

    @AfterAll
    static void stop() {
        SITE.close();
    }

    private static void produce(String json) {
        var headers = MultiMap.caseInsensitiveMultiMap().add("amqp-content-type", "application/json");
        SITE.hub
                .produce(RoutingKey.parse("builds.1"), Buffer.buffer(json), headers)
                .await();
    }

    private static BrowserClient listening() {
        var client = SITE.raw();
        client.send("{'type':'register','address':'mq:builds.*'}");
        await().untilAsserted(() -> {
            produce("1");
            assertThat(client.received("mq:builds.*")).isNotEmpty();
        });
        return client;
    }

    @Test
    void aBodyThatCannotBeReadInterrupts() {
        var client = listening();

        produce("[".repeat(998) + "]".repeat(998));
        produce("\"last\"");

        await().untilAsserted(() -> assertThat(client.received("mq:builds.*"))
                .last()
                .satisfies(it -> assertThat(it.getValue("body")).isEqualTo("last")));
        assertThat(client.errors("interrupted")).singleElement().satisfies(it -> {
            assertThat(it.getString("sourceAddress")).isEqualTo("mq:builds.*");
            assertThat(it.getString("message")).contains("builds.1", "left out", "depth");
        });
    }

    /** A body nested as deeply as can be decoded arrives, with the frame around it. */
    @Test
    void aBodyAsDeepAsCanBeReadArrives() {
        var client = listening();
        var deep = "[".repeat(900) + "]".repeat(900);

        produce(deep);

        await().untilAsserted(() -> assertThat(client.received("mq:builds.*"))
                .last()
                .satisfies(it -> assertThat(it.getValue("body")).hasToString(deep)));
        assertThat(client.errors("interrupted")).isEmpty();
    }
}
