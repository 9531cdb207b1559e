package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.broker.RabbitMq10;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A configuration that has declared what it needs over AMQP 0-9-1 runs over AMQP 1.0 on a RabbitMQ 3, as the refusal
 * without it says.
 */
@ExtendWith(RabbitExtension.class)
class RabbitMq10RouteIT extends RouteScenario {

    private static RabbitNode node;

    @BeforeAll
    static void start(@PrivateNode RabbitNode own) {
        node = own;
    }

    RabbitMq10RouteIT() {
        super(new RabbitMq10(node));
    }

    private JsonObject in(String then) {
        return json("{'name': 'in', 'from': {'filter': 'k.*', 'queue': {'name': '" + exchange
                + "-q', 'life': 'persistent'}}, 'to': {'address': 'i', 'delivery': 'request'},"
                + " 'onFailure': {'attempts': 2, 'backoff': {'initial': '10ms', 'max': '10ms'}, 'then': '" + then
                + "'}}");
    }

    private static JsonObject out() {
        return json("{'name': 'out', 'from': {'address': 'o'}, 'to': {'key': 'k.{n}'}}");
    }

    private void declareOver091(JsonObject... routes) {
        var config = config(routes);
        config.getJsonObject("broker").put("uri", broker.uri091());
        get(vertx.undeploy(get(vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config)))));
    }

    @Test
    void declared_once_over_0_9_1_it_runs_over_1_0() throws Exception {
        assertThatThrownBy(() -> deploy(in("dead-letter"), out()))
                .hasMessageContaining("exchange '" + exchange)
                .hasMessageContaining("amqp://");
        declareOver091(in("dead-letter"), out());
        var received = new LinkedBlockingQueue<JsonObject>();
        vertx.eventBus().<JsonObject>localConsumer("i", message -> {
            received.add(message.body());
            message.reply(null);
        });

        var id = deploy(in("dead-letter"), out());
        for (var n = 0; n < 100; n++) {
            get(vertx.eventBus().request("o", new JsonObject().put("n", n)));
        }

        for (var n = 0; n < 100; n++) {
            assertThat(received.poll(20, TimeUnit.SECONDS)).isEqualTo(new JsonObject().put("n", n));
        }
        get(vertx.undeploy(id));
        assertThat(foreign.status(exchange + "-q").messages()).isZero();
    }

    @Test
    void what_fails_is_dead_lettered() {
        declareOver091(in("dead-letter"));
        vertx.eventBus().localConsumer("i", message -> message.fail(1, "no"));
        deploy(in("dead-letter"));

        publish("k.1", "{\"a\":1}");

        assertThat(take(exchange + ".dead-letter").text()).isEqualTo("{\"a\":1}");
        assertThat(depth(exchange + "-q")).isZero();
    }

    @Test
    void what_fails_is_parked_in_a_queue_that_is_declared_for_it() {
        declareOver091(in("drop"));
        vertx.eventBus().localConsumer("i", message -> message.fail(1, "no"));
        deploy(in("park"));

        publish("k.1", "{\"a\":1}");

        assertThat(take(exchange + "-q.parked").text()).isEqualTo("{\"a\":1}");
    }

    @Test
    void an_answer_comes_back() {
        var asking = out();
        asking.getJsonObject("to").put("reply", "message");
        declareOver091(in("drop"), asking);
        vertx.eventBus()
                .<JsonObject>localConsumer(
                        "i", message -> message.reply(message.body().getInteger("n")));
        deploy(in("drop"), asking);

        assertThat(get(vertx.eventBus().request("o", new JsonObject().put("n", 7)))
                        .body())
                .isEqualTo(7);
    }
}
