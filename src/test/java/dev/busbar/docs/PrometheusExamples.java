package dev.busbar.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Asks a running Busbar as Prometheus would, and reads queries by its grammar. */
final class PrometheusExamples {

    private final Examples examples;

    PrometheusExamples(Examples examples) {
        this.examples = examples;
    }

    /** Each target has Busbar's metrics; for who logs in, a Busbar whose configuration precedes the example. */
    void scrape(YamlExample example) throws IOException, InterruptedException {
        var user = example.tree().findPath("username");
        if (user.isMissingNode()) {
            scrape(example, examples.demo().checkout(), "");
            return;
        }
        var checkout = examples.checkout();
        var config = examples.configurationBefore(example.block()).configuration(checkout);
        try (var server = new Server(checkout, "java -jar target/busbar.jar run --config " + config)) {
            scrape(example, checkout, user.asText());
            server.stop();
        }
    }

    private static void scrape(YamlExample example, Checkout checkout, String user)
            throws IOException, InterruptedException {
        for (var target : example.tree().findValue("targets")) {
            assertThat(metrics(checkout, target.asText(), user)).contains("\nbusbar_");
        }
    }

    /** Wherever it is said to be, it is on this machine. */
    private static String metrics(Checkout checkout, String target, String user)
            throws IOException, InterruptedException {
        var url = "http://127.0.0.1" + checkout.here(target.substring(target.indexOf(':'))) + "/metrics";
        var login = Base64.getEncoder().encodeToString((user + ":" + YamlExample.PASSWORD).getBytes(UTF_8));
        var request = HttpRequest.newBuilder(URI.create(url));
        if (!user.isEmpty()) {
            request.header("Authorization", "Basic " + login);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    /** They are well-formed, and name metrics, labels and values that there are. */
    void query(Block block) throws IOException, InterruptedException {
        var running = examples.demo().checkout();
        var metrics = metrics(running, "127.0.0.1:8081", "");
        var named = read(block, running);

        assertThat(texts(named, "metrics")).isNotEmpty().allMatch(name -> metrics.contains("\n" + name + "{"));
        assertThat(texts(named, "labels")).allMatch(label -> metrics.contains(label + "=\""));
        assertThat(texts(named, "values").stream().flatMap(Pattern.compile("\\|")::splitAsStream))
                .allMatch(value -> metrics.contains("=\"" + value + "\""));
    }

    private static List<String> texts(JsonObject named, String kind) {
        JsonArray texts = named.getJsonArray(kind);
        return texts.stream().map(String::valueOf).toList();
    }

    private static JsonObject read(Block block, Checkout running) throws IOException, InterruptedException {
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
