package dev.busbar.web;

import dev.busbar.testing.NodePackages;
import dev.busbar.testing.Requirement;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** The bridge's official client, unmodified, in a process of Node.js. */
final class OfficialClient implements AutoCloseable {

    private static final String RESOURCES = "eventbus-client";

    /** The client's events, in order: {@code {"event": "open" | "close" | "message" | "reply" | "error", …}}. */
    final List<JsonObject> heard = new CopyOnWriteArrayList<>();

    private final Process process;
    private final PrintStream commands;

    /** @param options the options of the client, and of the SockJS client that it uses */
    OfficialClient(String url, JsonObject options) throws IOException {
        var node = Requirement.command("node", "nodejs").orSkip();
        var command = new ProcessBuilder(
                        node.toString(),
                        Path.of("src/test/resources", RESOURCES, "client.js").toString(),
                        url + "/eventbus",
                        options.encode())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        command.environment().put("NODE_PATH", NodePackages.of(RESOURCES).toString());
        process = command.start();
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        // Not in the common pool: this would occupy its only thread, and the end of processes would go unnoticed.
        var reader = new Thread(this::hear, "hears " + command.command());
        reader.setDaemon(true);
        reader.start();
    }

    private void hear() {
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(line -> heard.add(new JsonObject(line)));
        } catch (IOException | UncheckedIOException killed) {
            // The process has ended.
        }
    }

    /** Starts a client that may use only this transport, and pings often. */
    static OfficialClient over(String transport, String url) throws IOException {
        return new OfficialClient(
                url,
                new JsonObject()
                        .put("transports", new JsonArray().add(transport))
                        .put("vertxbus_ping_interval", 200)
                        .put("vertxbus_reconnect_delay_min", 50));
    }

    /** @param command a JSON object with single quotes for double ones */
    void tell(String command) {
        commands.println(command.replace('\'', '"'));
    }

    List<JsonObject> heard(String event) {
        return heard.stream().filter(it -> it.getString("event").equals(event)).toList();
    }

    List<JsonObject> messages(String address) {
        return heard("message").stream()
                .filter(it -> it.getString("address").equals(address))
                .toList();
    }

    /** Returns what the callback of the {@code send} with this id was given; {@code null} before it is called. */
    JsonObject reply(String id) {
        return heard("reply").stream()
                .filter(it -> Objects.equals(it.getString("id"), id))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
