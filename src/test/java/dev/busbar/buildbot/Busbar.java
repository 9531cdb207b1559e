package dev.busbar.buildbot;

import static dev.busbar.buildbot.BuildbotContract.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.launch.Command;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The packaged jar with {@code conf/buildbot.yaml}. */
final class Busbar {

    private static final String CONFIG = "conf/buildbot.yaml";
    private static final Pattern SOCKETS = Pattern.compile("(?m)^busbar_wamp_sockets (\\d+)");

    private final Example example;
    private final HttpClient http = HttpClient.newHttpClient();
    private Command process;

    Busbar(Example example) {
        this.example = example;
    }

    void start() throws IOException {
        start(CONFIG);
    }

    /** As configured, but for {@code parking.afterStop}. */
    void startKeepingAfterStop() throws IOException {
        var shipped = Files.readString(Path.of(CONFIG));
        assertThat(shipped).contains("afterStop: false");
        var file = example.folder().resolve("kept.yaml");
        start(Files.writeString(file, shipped.replace("afterStop: false", "afterStop: true"))
                .toString());
    }

    private void start(String config) throws IOException {
        process = example.start(Example.line("java ", "run --config " + CONFIG)
                .replace("java ", "java -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC ")
                .replace(CONFIG, config));
        await("ready").atMost(PATIENCE).until(() -> {
            assertThat(process.isRunning()).as(process.err()).isTrue();
            return isReady();
        });
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    void stop() throws IOException, InterruptedException {
        process.signal("TERM");
        assertThat(process.exit()).as(process.err()).isZero();
    }

    void awaitSockets(int number) {
        await("WAMP sockets").atMost(PATIENCE).until(() -> sockets() == number);
    }

    private int sockets() throws Exception {
        var found = SOCKETS.matcher(get("/metrics").body());
        return found.find() ? Integer.parseInt(found.group(1)) : -1;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var url = URI.create("http://127.0.0.1:" + example.get("BUSBAR_LISTEN_MANAGEMENT") + path);
        return http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
    }
}
