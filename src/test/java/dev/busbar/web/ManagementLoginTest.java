package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.config.ConfigLoader;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.commons.codec.digest.Md5Crypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code management.login}: who sees metrics and details, and what probes without a login see. */
class ManagementLoginTest {

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path folder;

    private String url;

    @BeforeEach
    void start() throws Exception {
        var users = "prometheus:" + Md5Crypt.apr1Crypt("secret", "pepperpe") + "\nalice:"
                + Md5Crypt.apr1Crypt("other", "saltsalt");
        var file = Files.writeString(folder.resolve("users"), users);
        url = start("""
                management: {port: 0, login: true}
                web:
                  anonymous: guests
                  auth: {htpasswd: "%s", jwt: {secret: %s}}
                  roles: {guests: {observe: true}, monitors: {observe: true, users: prometheus}, others: {users: alice}}
                routes: [{name: changes, from: {address: changes}, to: {key: changes.new}}]
                """.formatted(file, Tokens.SECRET)).url();
    }

    private ManagementServer start(String yaml) {
        var server = ManagementServer.start(
                        vertx, ConfigLoader.parse(yaml, "test").orThrow())
                .await();
        server.phase(BridgePhase.RUNNING);
        return server;
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** Kubernetes probes without a password. Only the one route, which does not run, is down. */
    @Test
    void probesNeedNone() throws Exception {
        assertThat(Wire.ask(url, "GET", "/health/live").status()).isEqualTo(200);

        var ready = Wire.ask(url, "GET", "/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.body()).contains("DOWN").doesNotContain("changes", "routes", "bridge");
    }

    @Test
    void metricsAndDetailsAreForWhoMayObserve() throws Exception {
        for (var authorization : new String[] {basic("prometheus:secret"), "Bearer " + Tokens.of("monitors")}) {
            var metrics = Wire.ask(url, "GET", "/metrics", "Authorization: " + authorization);
            assertThat(metrics.status()).isEqualTo(200);
            assertThat(metrics.body()).contains("busbar_route_condition");

            var ready = Wire.ask(url, "GET", "/health/ready", "Authorization: " + authorization);
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body()).contains("changes", "not running");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/health/ready"})
    void othersAreRefused(String path) throws Exception {
        for (var wrong : new String[] {basic("prometheus:wrong"), basic("nobody:secret"), "Bearer x", "Digest x", ""}) {
            var answer = Wire.ask(url, "GET", path, "Authorization: " + wrong);
            assertThat(answer.status()).as(wrong).isEqualTo(401);
            assertThat(answer.headers()).containsKey("www-authenticate");
            assertThat(answer.body()).doesNotContain("busbar_", "changes");
        }
        for (var other : new String[] {basic("alice:other"), "Bearer " + Tokens.of("others")}) {
            assertThat(Wire.ask(url, "GET", path, "Authorization: " + other).status())
                    .isEqualTo(403);
        }
    }

    /** The role of anonymous clients makes no difference. */
    @Test
    void metricsAreNotForTheAnonymous() throws Exception {
        for (var method : new String[] {"GET", "HEAD"}) {
            assertThat(Wire.ask(url, method, "/metrics").status()).isEqualTo(401);
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> start("""
                        management: {port: 0, login: true}
                        web: {auth: {htpasswd: /nonexistent/users}, roles: {a: {observe: true, users: b}}}
                        """))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("web.auth.htpasswd")
                .hasMessageContaining("/nonexistent/users");
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
