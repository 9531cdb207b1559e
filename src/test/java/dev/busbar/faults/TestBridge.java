package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.config.ConfigLoader;
import dev.busbar.route.BridgeStatus;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.route.RouteEvent;
import dev.busbar.route.RouteStatus;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.web.BridgePhase;
import dev.busbar.web.ManagementServer;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;

/** A bridge under test in this JVM, with an exchange of its own, and what it says about itself. */
final class TestBridge implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Vertx vertx = Vertx.vertx();
    final String exchange = "x" + UUID.randomUUID().toString().substring(0, 8);
    private final String uri;

    TestBridge(String uri) {
        this.uri = uri;
    }

    static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    JsonObject config(JsonObject... routes) {
        return new JsonObject()
                .put("broker", new JsonObject().put("uri", uri).put("startTimeout", "20s"))
                .put("exchange", new JsonObject().put("name", exchange))
                .put("management", new JsonObject().put("port", 0))
                .put("routes", new JsonArray(List.of(routes)));
    }

    String deploy(JsonObject... routes) {
        return deployAs(config(routes));
    }

    String deployAs(JsonObject config) {
        return get(vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config)));
    }

    /** Readiness over HTTP, of a bridge that runs with this configuration. */
    ManagementServer health(JsonObject config) {
        var server = get(ManagementServer.start(vertx, ConfigLoader.fromJson(config)));
        server.phase(BridgePhase.RUNNING);
        return server;
    }

    static HttpResponse<String> ready(ManagementServer server) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(server.url() + "/health/ready"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    RouteStatus status(String route) {
        return BridgeStatus.of(vertx).routes().stream()
                .filter(status -> status.name().equals(route))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no route " + route));
    }

    long count(String route, RouteEvent event) {
        return status(route).counts().get(event);
    }

    void awaitCondition(String route, Condition condition, String... reason) {
        eventually(() -> {
            var status = status(route);
            assertThat(status.condition()).as(status.toString()).isEqualTo(condition);
            for (var part : reason) {
                assertThat(status.detail()).contains(part);
            }
        });
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).untilAsserted(assertion);
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Verticles first: closing Vert.x would take their handlers away while they finish. */
    @Override
    public void close() {
        get(Future.join(vertx.deploymentIDs().stream().map(vertx::undeploy).toList())
                .otherwiseEmpty());
        get(vertx.close());
    }
}
