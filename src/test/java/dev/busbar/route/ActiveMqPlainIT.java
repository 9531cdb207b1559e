package dev.busbar.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.codec.BusHeaders;
import dev.busbar.testing.ActiveMqNode;
import dev.busbar.testing.broker.ActiveMq;
import dev.busbar.testing.broker.CuttableProxy;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActiveMqPlainIT extends PlainContract {

    private final ActiveMqNode node = ((ActiveMq) broker).node();

    ActiveMqPlainIT() {
        super(ActiveMq.shared());
    }

    @Override
    String deadLettersOfThePeer() {
        return "ActiveMQ.DLQ";
    }

    /** By a user who may create nothing. */
    private JsonObject asVisitor(JsonObject... routes) {
        var config = config(routes);
        config.getJsonObject("broker").put("uri", broker.uriText().replace("guest:guest", "visitor:visitor"));
        return config;
    }

    @Test
    void itIsNotTakenForAnotherBrokerUnasked() {
        var config = config(outbound("", "x"));
        config.getJsonObject("broker").remove("dialect");
        assertThatThrownBy(() -> deploy(config, 1))
                .hasMessageContaining("says it is ActiveMQ 6.3.1")
                .hasMessageContaining("Set broker.dialect to plain");
    }

    @Test
    void aTopicIsWrittenAndReadByItsAddress() {
        var received = new CopyOnWriteArrayList<Message<Object>>();
        vertx.eventBus().localConsumer("in", received::add);
        var listening = inbound("topic://" + exchange + ".>");
        listening.getJsonObject("to").put("delivery", "publish");
        listening.getJsonObject("from").put("exchange", "topic://" + exchange + ".");
        deploy(listening, outbound("topic://" + exchange + ".", "{id}.new"));

        get(vertx.eventBus().request("out", new JsonObject().put("id", 17)));

        eventually(() -> assertThat(received).hasSize(1));
        assertThat(received.get(0).body()).isEqualTo(new JsonObject().put("id", 17));
        assertThat(received.get(0).headers().get(BusHeaders.EXCHANGE)).isEqualTo("topic://" + exchange + ".");
        assertThat(received.get(0).headers().get(BusHeaders.ROUTING_KEY)).isEqualTo("17.new");
    }

    @Test
    void whoMayOnlyReadAndWriteNeedsNoMore() {
        var queue = queue("in");
        var before = node.destinations().keySet();
        vertx.eventBus().localConsumer("in", message -> message.reply(null));
        var id = deploy(asVisitor(inbound(queue), outbound(exchange + ".", "in")), 1);
        get(vertx.eventBus().request("out", new JsonObject()));
        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
        get(vertx.undeploy(id));
        assertThat(node.destinations().keySet()).isEqualTo(before);
    }

    @Test
    void anAddressThatIsMissingFailsTheMessageAloneAndIsNotMade() {
        var queue = queue("out");
        deploy(asVisitor(outbound(exchange + ".", "{name}")), 1);

        assertThatThrownBy(() -> get(vertx.eventBus().request("out", new JsonObject().put("name", "missing"))))
                .hasMessageContaining("not authorized");
        get(vertx.eventBus().request("out", new JsonObject().put("name", "out")));

        assertThat(take(queue).text()).contains("out");
        assertThat(node.destinations()).doesNotContainKey("queue://" + exchange + ".missing");
    }

    @Test
    void aQueueThatIsMissingIsNamed() {
        assertThatThrownBy(() -> deploy(asVisitor(inbound(exchange + ".missing")), 1))
                .hasMessageContaining(exchange + ".missing");
    }

    /** The broker deletes no queue that is read. */
    @Test
    void aRouteGoesOnWhenItsQueueIsToBeDeleted() {
        var queue = queue("in");
        vertx.eventBus().localConsumer("in", message -> message.reply(null));
        deploy(inbound(queue));
        assertThatThrownBy(() -> foreign.deleteQueue(queue)).hasMessageContaining("subscription");
        send(queue, "m-10", "10");
        eventually(() -> assertThat(count("in", RouteEvent.HANDLED)).isEqualTo(1));
        assertThat(status("in").condition()).isEqualTo(RouteStatus.Condition.READY);
    }

    @Test
    void whatWasInHandWhenTheConnectionWasLostIsMarkedAsRedelivered() throws Exception {
        var queue = queue("in");
        var held = new CopyOnWriteArrayList<Message<Object>>();
        vertx.eventBus().localConsumer("in", held::add);
        try (var network = new CuttableProxy(broker.uri().host(), broker.uri().port())) {
            var config = config(inbound(queue).put("timeout", "30s"));
            config.getJsonObject("broker").put("uri", "amqp10://guest:guest@127.0.0.1:" + network.port());
            deploy(config, 1);
            send(queue, "m-11", "11");
            eventually(() -> assertThat(held).hasSize(1));
            network.breakDown();

            assertThat(take(queue).redelivered()).isTrue();
        }
    }

    /** A destination policy with {@code persistJMSRedelivered} would mark it. */
    @Test
    void whatWasInHandWhenTheBrokerWasKilledComesAgainUnmarked(@TempDir Path folder) {
        try (var own = ActiveMqNode.durable(folder);
                var admin = new ActiveMq(own).admin()) {
            admin.declareQueue("in");
            var held = new CopyOnWriteArrayList<Message<Object>>();
            vertx.eventBus().localConsumer("in", held::add);
            var config = config(inbound("in").put("timeout", "30s"));
            config.getJsonObject("broker").put("uri", own.uri());
            var id = deploy(config, 1);
            admin.publish("", "in", "12");
            eventually(() -> assertThat(held).hasSize(1));
            own.kill();
            // Too late to settle it.
            held.get(0).reply(null);
            get(vertx.undeploy(id));
            own.start();

            try (var after = new ActiveMq(own).admin()) {
                assertThat(after.get("in")).satisfies(taken -> {
                    assertThat(taken.text()).isEqualTo("12");
                    assertThat(taken.redelivered()).isFalse();
                });
            }
        }
    }
}
