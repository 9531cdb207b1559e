package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.topic.RoutingKey;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A browser's message reaches the registrations that the same socket made before, even without waiting. */
class SendingOrderTest {

    private static final int FRESH = 100;
    private static final int EACH = 10;

    private static final Site SITE = new Site("""
              anonymous: guests
              roles: {guests: {listen: ["mq:#"], produce: ["mq:#", "forward"]}}
            """.indent(0));

    @AfterAll
    static void stop() {
        SITE.close();
    }

    @Test
    void whatIsPublishedAfterARegistrationReachesIt() {
        for (var client : List.of(SITE.raw(), SITE.sockjs())) {
            var run = Integer.toString(client.hashCode());
            for (int topic = 0; topic < FRESH; topic++) {
                var address = "mq:fresh." + run + "." + topic;
                client.send("{'type':'register','address':'" + address + "'}");
                for (int i = 0; i < EACH; i++) {
                    client.send("{'type':'publish','address':'" + address + "','body':" + (topic * EACH + i) + "}");
                }
            }

            await().untilAsserted(() -> assertThat(client.frames).hasSize(FRESH * EACH));
            assertThat(client.frames)
                    .extracting(frame -> frame.getValue("body"))
                    .isEqualTo(IntStream.range(0, FRESH * EACH).boxed().toList());
        }
    }

    /** A handler publishes to the broker what is sent over the event bus, as an outbound route does. */
    @Test
    void whatGoesOverTheEventBusWaitsToo() {
        SITE.vertx.eventBus().consumer("forward", message -> {
            var key = RoutingKey.of("forwarded", message.body().toString());
            SITE.hub.produce(key, message.body(), MultiMap.caseInsensitiveMultiMap());
        });
        var client = SITE.raw();

        for (int i = 0; i < FRESH; i++) {
            client.send("{'type':'register','address':'mq:forwarded." + i + "'}");
            client.send("{'type':'" + (i % 2 == 0 ? "send" : "publish") + "','address':'forward','body':" + i + "}");
        }

        await().untilAsserted(() -> assertThat(client.frames).hasSize(FRESH));
    }
}
