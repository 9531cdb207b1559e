package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.route.BridgeStatus;
import dev.busbar.route.BridgeVerticle;
import io.vertx.core.eventbus.Message;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A handler does not get a browser's request after the browser was told that nobody replied. */
class LateRequestTest {

    private final List<Object> handled = new CopyOnWriteArrayList<>();

    private void handle(Message<Object> message) {
        handled.add(message.body());
        assertThat(message.headers().contains("amqp-deadline")).isFalse();
        message.reply("done");
    }

    @Test
    void itIsNotHandled() {
        try (var site = new Site("""
                  anonymous: guests
                  roles: {guests: {produce: [ask]}}
                  limits: {replyTimeout: 300ms}
                """.indent(0))) {
            site.vertx.deployVerticle(new BridgeVerticle(site.hub.config())).await();
            var consumer = site.vertx.eventBus().consumer("ask", this::handle).pause();
            consumer.completion().await();
            var client = site.raw();
            client.send("{'type':'send','address':'ask','body':1,'replyAddress':'r1'}");
            await().until(() -> client.frames.size() == 1);

            consumer.resume();
            await().until(() -> BridgeStatus.of(site.vertx).lateRequests() == 1);
            client.send("{'type':'send','address':'ask','body':2,'replyAddress':'r2'}");

            await().untilAsserted(() -> assertThat(client.frames).hasSize(2));
            assertThat(handled).containsExactly(2);
        }
    }
}
