package dev.busbar.faults;

import static dev.busbar.faults.TestBridge.eventually;
import static dev.busbar.faults.TestBridge.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The node that has a route's queue goes, and the one the bridge is connected to stays: the broker cancels. */
@Slow
@ExtendWith(RabbitExtension.class)
class QueueNodeDownIT {

    @Test
    void theConsumerIsCancelledAndReturnsWithTheNodeAndAllItsMessages(
            @PrivateNode RabbitNode connected, @PrivateNode RabbitNode owner) throws Exception {
        owner.join(connected);
        try (var bridge = new TestBridge(connected.amqpUri())) {
            var queue = bridge.exchange + "-q";
            try (var foreign = new Foreign(owner.amqpUri())) {
                // Where it is declared is where it lives.
                foreign.channel.queueDeclare(queue, true, false, false, Map.of());
            }
            var seen = ConcurrentHashMap.<Integer>newKeySet();
            var answering = new AtomicBoolean();
            bridge.vertx.eventBus().<JsonObject>localConsumer("i", message -> {
                if (answering.get()) {
                    seen.add(message.body().getInteger("n"));
                    message.reply(null);
                } else {
                    message.fail(1, "not yet");
                }
            });
            bridge.deploy(json("{'name': 'in', 'from': {'filter': 'k.*', 'queue': {'name': '" + queue
                    + "', 'life': 'persistent'}}, 'to': {'address': 'i', 'delivery': 'request'}, 'prefetch': 10,"
                    + " 'onFailure': {'attempts': 10000, 'backoff': {'initial': '50ms', 'max': '200ms'}}}"));
            try (var foreign = new Foreign(connected.amqpUri())) {
                foreign.channel.confirmSelect();
                for (var n = 0; n < 1_000; n++) {
                    foreign.publish(bridge.exchange, "k." + n, "{\"n\": " + n + "}");
                }
                foreign.channel.waitForConfirmsOrDie(20_000);
            }

            owner.kill();
            bridge.awaitCondition("in", Condition.DOWN, queue);
            answering.set(true);
            assertThat(bridge.status("in").condition()).isEqualTo(Condition.DOWN);
            owner.start();

            bridge.awaitCondition("in", Condition.READY);
            eventually(() -> assertThat(seen).hasSize(1_000));
        }
    }
}
