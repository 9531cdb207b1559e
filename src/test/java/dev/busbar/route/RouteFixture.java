package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.codec.PropertiesBuilder;
import dev.busbar.testing.broker.Admin;
import dev.busbar.testing.broker.Await;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * What the scenarios of routes share: a Vert.x with a bridge under test, and a foreign client on the other side of a
 * real broker. Every test has an exchange of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class RouteFixture {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    final BrokerUnderTest broker;
    final String exchange = "x" + UUID.randomUUID().toString().substring(0, 8);
    Vertx vertx;
    Admin foreign;

    RouteFixture(BrokerUnderTest broker) {
        this.broker = broker;
    }

    @BeforeEach
    void connect() {
        vertx = Vertx.vertx();
        foreign = broker.admin();
    }

    @AfterEach
    void disconnect() {
        // Verticles first: closing Vert.x would take their handlers away while they finish.
        get(Future.join(vertx.deploymentIDs().stream().map(vertx::undeploy).toList()));
        foreign.close();
        get(vertx.close());
    }

    static <T> T get(Future<T> future) {
        return Await.done(future);
    }

    JsonObject config(JsonObject... routes) {
        return new JsonObject()
                .put("broker", new JsonObject().put("uri", broker.uriText()).put("startTimeout", "5s"))
                .put("exchange", new JsonObject().put("name", exchange))
                .put("routes", new JsonArray(List.of(routes)));
    }

    static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    String deploy(JsonObject... routes) {
        return deploy(config(routes), 1);
    }

    String deploy(JsonObject config, int instances) {
        var options = new DeploymentOptions().setConfig(declared(config)).setInstances(instances);
        return get(vertx.deployVerticle(BridgeVerticle.class, options));
    }

    /** The same configuration, once all of it is declared that the bridge cannot declare itself. */
    JsonObject declared(JsonObject config) {
        return Predeclared.of(vertx, broker, config);
    }

    /** A foreign queue bound to this test's exchange; gone with the foreign client. */
    String bound(String key) {
        var queue = foreign.declareOwnQueue();
        foreign.bind(queue, exchange, key);
        return queue;
    }

    void publish(String key, String body) {
        publish(key, MessageProperties.builder().contentType("application/json"), body);
    }

    void publish(String key, PropertiesBuilder properties, String body) {
        publish(key, properties, body.getBytes(StandardCharsets.UTF_8));
    }

    void publish(String key, PropertiesBuilder properties, byte[] body) {
        publish(key, properties.build(), Buffer.buffer(body));
    }

    void publish(String key, MessageProperties properties, Buffer body) {
        foreign.publish(List.of(new BridgeMessage(exchange, key, properties, body)));
    }

    /** The next message of a queue, awaited. */
    Admin.Taken take(String queue) {
        var got = new ArrayList<Admin.Taken>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            var message = foreign.queueExists(queue) ? foreign.get(queue) : null;
            if (message != null) {
                got.add(message);
            }
            return message != null;
        });
        return got.get(0);
    }

    long depth(String queue) {
        return foreign.status(queue).messages();
    }

    long count(String route, RouteEvent event) {
        return BridgeStatus.of(vertx).routes().stream()
                .filter(status -> status.name().equals(route))
                .mapToLong(status -> status.counts().get(event))
                .sum();
    }

    RouteStatus status(String route) {
        var found = BridgeStatus.of(vertx).routes().stream()
                .filter(status -> status.name().equals(route))
                .toList();
        assertThat(found).isNotEmpty();
        return found.get(0);
    }

    static void eventually(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(assertion);
    }
}
