package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * What the scenarios of routes share: a Vert.x with a bridge under test, and a foreign client (the blocking Java
 * client) on the other side of a real broker. Every test has an exchange of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class RouteScenario {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    final String exchange = "x" + UUID.randomUUID().toString().substring(0, 8);
    Vertx vertx;
    Connection foreign;
    Channel channel;

    /** The broker under test, as an {@code amqp:} URI. */
    abstract String uri() throws Exception;

    @BeforeEach
    void connect() throws Exception {
        vertx = Vertx.vertx();
        var factory = new ConnectionFactory();
        factory.setUri(uri());
        factory.setAutomaticRecoveryEnabled(false);
        foreign = factory.newConnection("foreign");
        channel = foreign.createChannel();
    }

    @AfterEach
    void disconnect() {
        // Verticles first: closing Vert.x would take their handlers away while they finish.
        get(Future.join(vertx.deploymentIDs().stream().map(vertx::undeploy).toList()));
        foreign.abort(2_000);
        get(vertx.close());
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

    JsonObject config(JsonObject... routes) throws Exception {
        return new JsonObject()
                .put("broker", new JsonObject().put("uri", uri()).put("startTimeout", "5s"))
                .put("exchange", new JsonObject().put("name", exchange))
                .put("routes", new JsonArray(List.of(routes)));
    }

    static JsonObject json(String text) {
        return new JsonObject(text.replace('\'', '"'));
    }

    String deploy(JsonObject... routes) throws Exception {
        return get(vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config(routes))));
    }

    /** A foreign queue bound to this test's exchange; gone with the foreign connection. */
    String bound(String key) throws IOException {
        var queue = channel.queueDeclare("", false, true, true, null).getQueue();
        channel.queueBind(queue, exchange, key);
        return queue;
    }

    void publish(String key, String body) throws IOException {
        publish(
                key,
                new AMQP.BasicProperties.Builder()
                        .contentType("application/json")
                        .build(),
                body);
    }

    void publish(String key, AMQP.BasicProperties properties, String body) throws IOException {
        channel.basicPublish(exchange, key, properties, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The next message of a queue, awaited. */
    GetResponse take(String queue) {
        var got = new ArrayList<GetResponse>();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
            if (!exists(queue)) {
                return false;
            }
            var message = channel.basicGet(queue, true);
            if (message != null) {
                got.add(message);
            }
            return message != null;
        });
        return got.get(0);
    }

    static String text(GetResponse message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }

    boolean exists(String queue) throws Exception {
        var probe = foreign.createChannel();
        try {
            probe.queueDeclarePassive(queue);
            probe.close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    boolean exchangeExists(String name) throws Exception {
        var probe = foreign.createChannel();
        try {
            probe.exchangeDeclarePassive(name);
            probe.close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    long depth(String queue) throws IOException {
        return channel.messageCount(queue);
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
