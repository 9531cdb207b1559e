package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.codec.MessageProperties;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Requests that a handler of the same process comes to only when their sender has given them up. */
class LateRequestsTest extends RouteFixture {

    private static final String FORGERY = "amqp-deadline";

    private final List<String> attempts = new CopyOnWriteArrayList<>();

    LateRequestsTest() {
        super(EmbeddedBrokerJ.shared());
    }

    private void route(String timeout) {
        deploy(json("{'name': 'in', 'from': {'filter': 'k.*', 'queue': {'name': '" + exchange
                + "-q', 'life': 'persistent'}}, 'to': {'address': 'i', 'delivery': 'request'}, 'timeout': '" + timeout
                + "', 'onFailure': {'attempts': 1000, 'backoff': {'initial': '1ms', 'max': '1ms'}}}"));
    }

    private void handle(Message<JsonObject> message) {
        attempts.add(message.headers().get("amqp-attempt"));
        assertThat(message.headers().contains("amqp-deadline")).isFalse();
        message.reply(null);
    }

    @Test
    void whatWasGivenUpWhileAHandlerHadPausedIsNotHandled() {
        route("250ms");
        var consumer = vertx.eventBus().consumer("i", this::handle).pause();
        get(consumer.completion());
        publish("k.1", "{}");
        eventually(() -> assertThat(count("in", RouteEvent.RETRIED)).isGreaterThanOrEqualTo(3));

        consumer.resume();

        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
        assertThat(attempts).hasSize(1).doesNotContain("1", "2", "3");
        assertThat(BridgeStatus.of(vertx).lateRequests()).isGreaterThanOrEqualTo(3);
    }

    /** Busy with the first message, it has not seen what else was given up meanwhile. */
    @Test
    void whatWasGivenUpWhileAWorkerWasBusyIsNotHandled() {
        var free = new CountDownLatch(1);
        route("250ms");
        get(vertx.deployVerticle(
                new VerticleBase() {
                    @Override
                    public Future<?> start() {
                        return vertx.eventBus()
                                .<JsonObject>consumer("i", message -> {
                                    try {
                                        free.await(1, TimeUnit.MINUTES);
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    handle(message);
                                })
                                .completion();
                    }
                },
                new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
        publish("k.1", "{}");
        eventually(() -> assertThat(count("in", RouteEvent.RETRIED)).isGreaterThanOrEqualTo(3));

        free.countDown();

        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
        // The first one had begun in time.
        assertThat(attempts).hasSize(2).startsWith("1").doesNotContain("2", "3");
    }

    @Test
    void aDeadlineThatIsNoneOfOursIsPassedOver() {
        get(vertx.eventBus().consumer("i", this::handle).completion());
        route("10s");

        for (var forged : List.of("", " ", "tomorrow", "1", "1 somewhere", "99999999999999999999 -")) {
            publish(
                    "k.1",
                    MessageProperties.builder().contentType("application/json").header(FORGERY, forged),
                    "{}");
        }

        eventually(() -> assertThat(attempts).hasSize(6).containsOnly("1"));
        for (var forged : List.of("", "tomorrow", "1 somewhere")) {
            var options = new DeliveryOptions().addHeader(FORGERY, forged).addHeader("amqp-attempt", "1");
            get(vertx.eventBus().request("i", new JsonObject(), options));
        }
    }
}
