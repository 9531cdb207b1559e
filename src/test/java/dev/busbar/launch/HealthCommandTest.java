package dev.busbar.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ConfigLoader;
import dev.busbar.testing.FreePort;
import dev.busbar.web.BridgePhase;
import dev.busbar.web.ManagementServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code health}, asking a management port of this JVM. */
class HealthCommandTest {

    private final Vertx vertx = Vertx.vertx();
    private final int port = FreePort.next();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private String config(String yaml) throws IOException {
        return Files.writeString(folder.resolve("busbar.yaml"), yaml).toString();
    }

    private ManagementServer listening(String file) {
        return ManagementServer.start(vertx, ConfigLoader.load(Path.of(file)).orThrow())
                .await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "0.0.0.0"})
    void asksThePortOfTheConfiguration(String host) throws Exception {
        var file = config("management: {host: " + host + ", port: " + port + "}");
        var server = listening(file);
        server.phase(BridgePhase.RUNNING);

        var ready = CommandLineRun.of("health", "--config", file);

        assertThat(ready).isEqualTo(new CommandLineRun(0, "ready\n", ""));
    }

    @Test
    void saysWhatIsNotReadyAndWhy() throws Exception {
        var file = config("""
                management: {port: %d}
                routes: [{name: changes, from: {address: changes}, to: {key: changes.new}}]
                """.formatted(port));
        listening(file);

        var ready = CommandLineRun.of("health", "--config", file);
        var alive = CommandLineRun.of("health", "--live", "http://127.0.0.1:" + port);

        assertThat(ready.code()).isEqualTo(1);
        assertThat(ready.err()).isEqualTo("""
                not ready
                  bridge: DOWN, Busbar is starting
                  routes/changes: DOWN, not running
                """);
        assertThat(ready.out()).isEmpty();
        assertThat(alive).isEqualTo(new CommandLineRun(0, "alive\n", ""));
    }

    /** The answer is then without details. */
    @Test
    void asksWithoutALoginToo() throws Exception {
        var users = Files.writeString(folder.resolve("htpasswd"), "ann:$apr1$saltsalt$LrttParrLPdxvgutaSXWJ0\n");
        var file = config("""
                management: {port: %d, login: true}
                web: {auth: {htpasswd: "%s"}, roles: {all: {users: ann, observe: true}}}
                """.formatted(port, users));
        listening(file);

        var ready = CommandLineRun.of("health", "--config", file);

        assertThat(ready).isEqualTo(new CommandLineRun(1, "", "not ready\n"));
    }

    @Test
    void whatIsNotBusbarsManagementPortIsSaid() throws Exception {
        var web = vertx.createHttpServer()
                .requestHandler(request -> request.response()
                        .setStatusCode(request.path().endsWith("live") ? 404 : 503)
                        .end("[1]"))
                .listen(0, "127.0.0.1")
                .await();
        var url = "http://127.0.0.1:" + web.actualPort();

        assertThat(CommandLineRun.of("health", "--live", url).err())
                .contains(url + "/health/live answers with status 404", "management port");
        assertThat(CommandLineRun.of("health", url).err()).contains("the answer is not Busbar's");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | management: {port: 1} | http://127.0.0.1:1/health/ready does not answer (Connection refused)",
                "1 | management: {port: 0} | management.port = 0",
                "1 | management: {enabled: false} | management.enabled is false",
                "2 | management: {port: x} | management.port = x",
            })
    void whatCannotBeAskedIsSaid(int code, String yaml, String explanation) throws Exception {
        var run = CommandLineRun.of("health", "--config", config(yaml));

        assertThat(run.code()).isEqualTo(code);
        assertThat(run.err()).contains(explanation).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost", "localhost:8081", "ready", "http:///", "--timeout 0"})
    void whatIsNoUrlIsABadCommandLine(String arguments) {
        var run = CommandLineRun.of(("health " + arguments).split(" "));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("Try 'busbar health --help'");
    }

    @Test
    void aPortThatNeverAnswersIsGivenUp() throws Exception {
        vertx.createHttpServer()
                .requestHandler(request -> {})
                .listen(port, "127.0.0.1")
                .await();

        var run = CommandLineRun.of("health", "--timeout", "1", "http://127.0.0.1:" + port);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("does not answer");
    }
}
