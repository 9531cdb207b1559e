package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.config.ConfigLoader;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private final Vertx vertx = Vertx.vertx();
    private final StringWriter printed = new StringWriter();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void addressesWhereAHandlerWouldTakeMessagesAwayAreLeftAlone() {
        var traffic = traffic("""
                routes:
                  - {name: a, from: {filter: a}, to: {address: all, delivery: publish}}
                  - {name: b, from: {filter: b}, to: {address: one, delivery: send}}
                  - {name: c, from: {filter: c, queue: {name: c, life: until-stop}}, to: {address: mixed, delivery: request}}
                  - {name: d, from: {filter: d}, to: {address: mixed, delivery: publish}}
                  - {name: e, from: {address: out}, to: {key: e}}
                """);

        assertThat(traffic.addresses()).containsExactly("all");
    }

    @Test
    void messagesAreShownOnOneLineAndTheRateIsCapped() {
        traffic("routes: [{name: a, from: {filter: a}, to: {address: all, delivery: publish}}]")
                .watch();

        for (var i = 0; i < 50; i++) {
            vertx.eventBus()
                    .publish(
                            "all",
                            new JsonObject().put("i", i).put("text", "two\nlines"),
                            new DeliveryOptions().addHeader("amqp-routing-key", "builds." + i + ".new"));
        }

        await().untilAsserted(() -> assertThat(printed.toString()).contains("... and 40 more"));
        assertThat(printed.toString().lines()).hasSize(11);
        assertThat(printed.toString().lines().findFirst().orElseThrow())
                .contains("builds.0.new")
                .contains("{\"i\":0,");
    }

    private Traffic traffic(String yaml) {
        var routes = ConfigLoader.parse(yaml, "test").orThrow().routes();
        return new Traffic(vertx, new PrintWriter(printed, true), routes);
    }
}
