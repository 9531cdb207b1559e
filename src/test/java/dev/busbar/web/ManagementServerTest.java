package dev.busbar.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The management port without a bridge; the conditions of routes are tested where there is a broker. */
class ManagementServerTest {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void isAliveAndNotReadyBeforeTheBridgeRuns() throws Exception {
        var server =
                ManagementServer.start(vertx, config("management: {port: 0}")).await();

        assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
        var ready = get(server, "/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(new JsonObject(ready.body()).getString("outcome")).isEqualTo("DOWN");
        assertThat(ready.body()).contains("\"phase\":\"STARTING\"");
    }

    @Test
    void isReadyWhileTheBridgeRunsAndNotOnceItStops() throws Exception {
        var server =
                ManagementServer.start(vertx, config("management: {port: 0}")).await();

        server.phase(BridgePhase.RUNNING);
        assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200);

        server.phase(BridgePhase.STOPPING);
        assertThat(get(server, "/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void aRouteThatNobodyRunsIsDownByName() throws Exception {
        var server = ManagementServer.start(vertx, config("""
                                management: {port: 0}
                                routes: [{name: changes, from: {address: changes}, to: {key: changes.new}}]
                                """)).await();
        server.phase(BridgePhase.RUNNING);

        var ready = get(server, "/health/ready");

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("\"id\":\"changes\"", "not running");
    }

    @Test
    void metricsHaveRoutesThatNobodyRunsTooAndTheProcess() throws Exception {
        var server = ManagementServer.start(vertx, config("""
                                management: {port: 0}
                                routes: [{name: changes, from: {address: changes}, to: {key: changes.new}}]
                                """)).await();

        var metrics = get(server, "/metrics");

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.headers().firstValue("Content-Type"))
                .hasValueSatisfying(it -> assertThat(it).startsWith("text/plain; version=0.0.4"));
        assertThat(metrics.body())
                .contains("busbar_route_condition{condition=\"stopped\",direction=\"outbound\",route=\"changes\"} 1.0")
                .contains("busbar_route_accepted_total{direction=\"outbound\",route=\"changes\"} 0.0")
                .doesNotContain("busbar_route_received_total")
                .contains("jvm_memory_used_bytes", "process_uptime_seconds");
    }

    @Test
    void aTakenPortIsNamedWithItsSetting() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var config = config("management: {port: " + taken.getLocalPort() + "}");

            assertThatThrownBy(() -> ManagementServer.start(vertx, config).await())
                    .isInstanceOf(ListenException.class)
                    .hasMessageContaining("management.port = " + taken.getLocalPort());
        }
    }

    private static BusbarConfig config(String yaml) {
        return ConfigLoader.parse(yaml, "test").orThrow();
    }

    private HttpResponse<String> get(ManagementServer server, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.url() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
