package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.config.ConfigLoader;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests the management port answers, and its limits. */
class ManagementGuardsTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private String start(String settings) {
        var config = ConfigLoader.parse("management: {port: 0" + settings + "}", "test")
                .orThrow();
        var server = ManagementServer.start(vertx, config).await();
        server.phase(BridgePhase.RUNNING);
        return server.url();
    }

    /** Kubernetes' probes and Prometheus address a pod by its IP address. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost, 200",
        "127.0.0.1, LOCALHOST:8081, 200",
        "127.0.0.1, 127.0.0.1:8081, 200",
        "127.0.0.1, 127.1.2.3, 200",
        "127.0.0.1, [::1]:8081, 200",
        "127.0.0.1, 10.244.3.17:8081, 200",
        "127.0.0.1, metrics.example.org:8081, 200",
        "127.0.0.1, Metrics.Example.org, 200",
        "127.0.0.1, evil.example:8081, 403",
        "127.0.0.1, metrics.example.org.evil.example, 403",
        "127.0.0.1, localhost.evil.example, 403",
        "127.0.0.1, 127.0.0.1.evil.example, 403",
        "127.0.0.1, busbar:8081, 403",
        "0.0.0.0, 10.244.3.17:8081, 200",
        "0.0.0.0, '[fd00::17]:8081', 200",
        "0.0.0.0, busbar:8081, 200",
        "0.0.0.0, metrics.example.org:8081, 200",
        "0.0.0.0, evil.example:8081, 403",
        "0.0.0.0, 10.244.3.17.evil.example, 403"
    })
    void onlyKnownHostsAreAnswered(String listening, String host, int status) throws Exception {
        var url = start(", host: " + listening + ", hosts: metrics.example.org");

        for (var path : new String[] {"/health/live", "/health/ready", "/metrics"}) {
            var answer = Wire.ask(url, "GET", path, "Host: " + host);

            assertThat(answer.status()).as(path).isEqualTo(status);
            if (status == 403) {
                assertThat(answer.body()).contains("management.hosts").doesNotContain("RUNNING");
            }
        }
    }

    /** Otherwise a proxy in front might check one host, and this port the other. */
    @Test
    void aRequestThatNamesTwoHostsIsRefused() throws Exception {
        var url = start("");

        for (var path : new String[] {"/health/live", "/metrics", "/nothing"}) {
            var answer = Wire.ask(url, "GET", path, "Host: localhost", "Host: evil.example");

            assertThat(answer.status()).as(path).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1", "file://", "http://localhost:1"})
    void aPageOfAnotherOriginIsRefused(String origin) throws Exception {
        var url = start("");

        for (var path : new String[] {"/health/live", "/health/ready", "/metrics"}) {
            assertThat(Wire.ask(url, "GET", path, "Origin: " + origin).status()).isEqualTo(403);
            assertThat(Wire.ask(url, "GET", path, "Origin: " + url).status()).isEqualTo(200);
        }
    }

    /** Otherwise every HTTP/2 stream would be a connection that is not counted. */
    @Test
    void doesNotBecomeHttp2() throws Exception {
        var url = start("");

        var upgrade = Wire.ask(url, "GET", "/health/live", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");
        assertThat(upgrade.status()).isEqualTo(200);

        try (var socket = Wire.open(url)) {
            socket.getOutputStream()
                    .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(new String(socket.getInputStream().readNBytes(5), StandardCharsets.ISO_8859_1))
                    .satisfiesAnyOf(
                            it -> assertThat(it).isEmpty(), it -> assertThat(it).isEqualTo("HTTP/"));
        }
    }

    @Test
    void halfARequestIsNotWaitedForLongerThanItsTime() throws Exception {
        var url = start(", requestTimeout: 1s");

        for (var half : new String[] {"", "GET /health", "GET /health/ready HTTP/1.1\r\nHost: localhost\r\nX-A: "}) {
            try (var socket = Wire.open(url)) {
                socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
                await().atMost(Duration.ofSeconds(5)).until(() -> isEnded(socket));
            }
        }
    }

    /** However many clients hold back half of their request, a client with a whole request is answered. */
    @Test
    void holdsSoManyConnectionsAndAnswersAllTheSame() throws Exception {
        var url = start(", connections: 20, requestTimeout: 1m");
        var held = new ArrayList<Socket>();
        try {
            for (var n = 0; n < 200; n++) {
                var socket = Wire.open(url);
                socket.getOutputStream()
                        .write("GET /health/live HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
                held.add(socket);
            }

            assertThat(Wire.ask(url, "GET", "/health/ready").status()).isEqualTo(200);

            await().untilAsserted(() -> assertThat(open(held)).isBetween(1, 20));
            assertThat(Wire.ask(url, "GET", "/metrics").body())
                    .containsPattern("busbar_management_refused_total 18[0-9]");
        } finally {
            for (var socket : held) {
                socket.close();
            }
        }
    }

    private static int open(List<Socket> sockets) {
        return (int) sockets.stream().filter(it -> !isEnded(it)).count();
    }

    private static boolean isEnded(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        } catch (IOException stillOpen) {
            return false;
        }
    }
}
