package dev.busbar.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.testing.Chromium;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.Shell;
import dev.busbar.web.WebServer;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console in a real browser, over RabbitMQ. */
@ExtendWith(RabbitExtension.class)
class ConsoleRabbitMqIT {

    private static final String ROWS = "[data-view=messages] tbody tr";

    @Test
    void aMessageOfKombuIsSeenThroughAFilter(RabbitNode rabbit) throws Exception {
        var python = Requirement.python("kombu", "python3-kombu").orSkip();
        var uri = rabbit.uri();
        var config = ConfigLoader.parse("""
                        broker: {uri: "%s"}
                        exchange: {name: seen-in-the-console}
                        web:
                          port: 0
                          anonymous: all
                          roles: {all: {listen: ["mq:#"], observe: true}}
                        """.formatted(uri), "test").orThrow();
        var vertx = Vertx.vertx();
        try (var browser = Chromium.start()) {
            var hub = Hub.open(vertx, config).await();
            browser.open(WebServer.start(vertx, config.web(), hub).await().url());
            browser.sees("#listening", "Listening to #");
            browser.type("#filter", "builds.*.finished\n");
            browser.click("nav a[href='#subscriptions']");
            browser.sees("[data-view=subscriptions] tr", row -> row.matches("(?s)builds\\.\\*\\.finished 1 yes .*"));
            browser.click("nav a[href='#messages']");

            for (var key : List.of("builds.17.started", "builds.17.finished")) {
                Shell.run(new ProcessBuilder(
                        python.toString(),
                        "src/test/resources/kombu/publish_one.py",
                        uri,
                        config.exchange().name(),
                        key,
                        "{\"id\": 17}"));
            }

            browser.sees(ROWS, "builds.17.finished");
            assertThat(browser.texts(ROWS)).singleElement().asString().contains("{\"id\":17}");
        } finally {
            vertx.close().await();
        }
    }
}
