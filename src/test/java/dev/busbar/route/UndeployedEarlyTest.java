package dev.busbar.route;

import static dev.busbar.testing.broker.Await.done;
import static dev.busbar.testing.broker.Await.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.config.ConfigLoader;
import dev.busbar.testing.FreePort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A bridge whose Vert.x is closed before it has a connection. */
class UndeployedEarlyTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<Throwable> unhandled = new CopyOnWriteArrayList<>();
    private final Set<Object> sockets = ConcurrentHashMap.newKeySet();

    UndeployedEarlyTest() {
        vertx.exceptionHandler(unhandled::add);
    }

    @AfterEach
    void close() {
        done(vertx.close());
        assertThat(unhandled).isEmpty();
    }

    private Future<String> deploy(String uri) {
        return vertx.deployVerticle(new BridgeVerticle(ConfigLoader.fromJson(new JsonObject()
                .put("broker", new JsonObject().put("uri", uri).put("startTimeout", "60s"))
                .put(
                        "routes",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("name", "in")
                                        .put("from", new JsonObject().put("filter", "a.#"))
                                        .put("to", new JsonObject().put("address", "a")))
                                .add(new JsonObject()
                                        .put("name", "out")
                                        .put("from", new JsonObject().put("address", "b"))
                                        .put("to", new JsonObject().put("key", "b")))))));
    }

    private void assertQuiet(Future<String> deployment) {
        done(vertx.close());
        eventually(() -> assertThat(deployment.failed()).isTrue());
        assertThat(unhandled).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"amqp, false", "amqp, true", "amqp10, false", "amqp10, true"})
    void whileNoBrokerAnswers(String scheme, boolean refusing) {
        var other = Vertx.vertx();
        try {
            var server = done(other.createNetServer()
                    .connectHandler(socket -> {
                        sockets.add(socket);
                        if (refusing) {
                            socket.close();
                        }
                    })
                    .listen(0, "127.0.0.1"));
            var deployment = deploy(scheme + "://127.0.0.1:" + server.actualPort());
            eventually(() -> assertThat(sockets).hasSizeGreaterThanOrEqualTo(2));

            assertQuiet(deployment);
        } finally {
            done(other.close());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp", "amqp10"})
    void atOnce(String scheme) {
        assertQuiet(deploy(scheme + "://127.0.0.1:" + FreePort.next()));
    }
}
