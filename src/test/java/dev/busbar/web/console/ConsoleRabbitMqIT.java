package dev.busbar.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.testing.Chromium;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Requirement;
import dev.busbar.testing.Shell;
import dev.busbar.testing.Slow;
import dev.busbar.web.WebServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console in a real browser, over RabbitMQ. */
@ExtendWith(RabbitExtension.class)
class ConsoleRabbitMqIT {

    private static final String EXCHANGE = "seen-in-the-console";
    private static final String ROWS = "[data-view=messages] tbody tr";

    @Slow
    @Test
    void aMessageOfKombuIsSeenThroughAFilterAndAnInterruptionIsToldWhichItOutlives(@PrivateNode RabbitNode rabbit)
            throws Exception {
        var python = Requirement.python("kombu", "python3-kombu").orSkip();
        var config = ConfigLoader.parse("""
                        broker: {uri: "%s"}
                        exchange: {name: %s}
                        web:
                          port: 0
                          anonymous: all
                          roles: {all: {listen: ["mq:#"], observe: true}}
                        """.formatted(rabbit.uri(), EXCHANGE), "test")
                .orThrow();
        var vertx = Vertx.vertx();
        try (var browser = Chromium.start()) {
            var hub = Hub.open(vertx, config).await();
            browser.open(WebServer.start(vertx, config.web(), hub).await().url());
            browser.sees("#listening", "Listening to #");
            browser.type("#filter", "builds.*.finished\n");
            browser.click("nav a[href='#subscriptions']");
            browser.sees("[data-view=subscriptions] tr", row -> row.matches("(?s)builds\\.\\*\\.finished 1 yes .*"));
            browser.click("nav a[href='#messages']");

            publish(python, rabbit, "builds.17.started");
            publish(python, rabbit, "builds.17.finished");

            browser.sees(ROWS, "builds.17.finished");
            assertThat(browser.texts(ROWS)).singleElement().asString().contains("{\"id\":17}");

            rabbit.closeAllConnections();
            browser.sees("[data-view=messages]", "Interrupted: messages may have been missed");
            browser.sees("#listening", "Listening to builds.*.finished");
            publish(python, rabbit, "builds.18.finished");
            browser.sees(ROWS, "builds.18.finished");
        } finally {
            vertx.close().await();
        }
    }

    private static void publish(Path python, RabbitNode rabbit, String key) throws Exception {
        Shell.run(new ProcessBuilder(
                python.toString(),
                "src/test/resources/kombu/publish_one.py",
                rabbit.uri(),
                EXCHANGE,
                key,
                "{\"id\": 17}"));
    }
}
