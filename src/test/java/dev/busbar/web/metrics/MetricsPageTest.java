package dev.busbar.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.wamp.WampServer;
import dev.busbar.web.sockjs.Browsers;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares the page's table with the metrics; {@code -Dbusbar.rewrite=true} rewrites the table. */
class MetricsPageTest {

    private static final Path PAGE = Path.of("src/site/markdown/metrics.md");

    private static final Pattern METRIC =
            Pattern.compile("# HELP (busbar_\\w+) (.+)\\n# TYPE \\w+ (\\w+)\\n\\1(?:\\{([^}]*)})? ", Pattern.MULTILINE);

    @Test
    void thePageHasEveryMetricAndNoOther() throws Exception {
        var page = Files.readString(PAGE);
        var described = page.replaceFirst("(?s)\\| metric .*?\\n(?=\\n)", table().replace("$", "\\$"));
        if (Boolean.getBoolean("busbar.rewrite")) {
            Files.writeString(PAGE, described);
        }

        assertThat(described)
                .as("rewrite it with mvn test -Dtest=MetricsPageTest -Dbusbar.rewrite=true")
                .isEqualTo(Files.readString(PAGE));
    }

    private static String table() {
        var rows = METRIC.matcher(text())
                .results()
                .map(it -> "| `" + it.group(1) + "` | " + it.group(3) + " | " + labels(it.group(4)) + " | "
                        + it.group(2) + " |\n")
                .collect(Collectors.joining());
        return "| metric | type | labels | what it says |\n|---|---|---|---|\n" + rows;
    }

    private static String labels(String written) {
        return written == null
                ? ""
                : Arrays.stream(written.split(","))
                        .map(label -> "`" + label.split("=")[0] + "`")
                        .collect(Collectors.joining(", "));
    }

    private static String text() {
        var vertx = Vertx.vertx();
        try {
            var config = ConfigLoader.parse("""
                    broker: {embedded: {port: 0}}
                    routes:
                      - {name: in, from: {filter: "in.#"}, to: {address: in}}
                      - {name: out, from: {address: out}, to: {key: out}}
                    """, "test").orThrow();
            var metrics = new Metrics(vertx, config.routes());
            var hub = Hub.open(vertx, config).await();
            metrics.watch(hub);
            metrics.watch(new Browsers());
            metrics.watch(WampServer.start(vertx, config, hub).await().metrics());
            return metrics.text().await();
        } finally {
            vertx.close().await();
        }
    }
}
