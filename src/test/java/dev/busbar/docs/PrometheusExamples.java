package dev.busbar.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.testing.NodePackages;
import dev.busbar.testing.Requirement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Asks a running Busbar as Prometheus would, and reads queries by its grammar. */
final class PrometheusExamples {

    private final Checkout running;

    PrometheusExamples(Checkout running) {
        this.running = running;
    }

    /** Each target has Busbar's metrics. */
    void scrape(YamlExample example) throws IOException, InterruptedException {
        for (var target : example.tree().findValues("targets").get(0)) {
            assertThat(metrics(target.asText())).contains("\nbusbar_");
        }
    }

    private String metrics(String target) throws IOException, InterruptedException {
        var url = URI.create("http://" + running.here(target) + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString())
                .body();
    }

    /** They are well-formed, and name metrics, labels and values that there are. */
    void query(Block block) throws IOException, InterruptedException {
        var metrics = metrics("127.0.0.1:8081");
        var named = read(block);

        assertThat(texts(named, "metrics")).isNotEmpty().allMatch(name -> metrics.contains("\n" + name + "{"));
        assertThat(texts(named, "labels")).allMatch(label -> metrics.contains(label + "=\""));
        assertThat(texts(named, "values").stream().flatMap(Pattern.compile("\\|")::splitAsStream))
                .allMatch(value -> metrics.contains("=\"" + value + "\""));
    }

    private static List<String> texts(JsonObject named, String kind) {
        JsonArray texts = named.getJsonArray(kind);
        return texts.stream().map(String::valueOf).toList();
    }

    private JsonObject read(Block block) throws IOException, InterruptedException {
        var node = Requirement.command("node", "nodejs").orSkip();
        var packages = NodePackages.of("promql");
        var script = Path.of("src/test/resources/promql/read.js").toAbsolutePath();
        var queries = running.write("queries.promql", block.text());
        try (var reading = running.start("NODE_PATH=" + packages + " " + node + " " + script + " < " + queries)) {
            assertThat(reading.exit()).as(reading.err()).isZero();
            return new JsonObject(reading.out());
        }
    }
}
