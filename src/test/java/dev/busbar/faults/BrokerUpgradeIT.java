package dev.busbar.faults;

import static dev.busbar.faults.TestBridge.eventually;
import static dev.busbar.faults.TestBridge.get;
import static dev.busbar.faults.TestBridge.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.RabbitRelease;
import dev.busbar.testing.RabbitSettings;
import dev.busbar.testing.Slow;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Upgrades a RabbitMQ 4.0 to the newest release in its folder, under routes that stay deployed all the time. */
@ExtendWith(RabbitExtension.class)
@Timeout(240)
@Slow
class BrokerUpgradeIT {

    private static final List<String> TYPES = List.of("classic", "quorum");
    private static final int WAITING = 300;
    private static final int MEANWHILE = 200;

    @Test
    void routesOverBothProtocolsComeBackWithTheMessagesThatWaited() throws Exception {
        try (var node = RabbitNode.start(RabbitRelease.V4_0, RabbitSettings.PLAIN);
                var bridge = new TestBridge(node.amqpUri());
                var bridge10 = new TestBridge(node.amqp10Uri())) {
            var bridges = List.of(bridge, bridge10);
            for (var each : bridges) {
                each.deploy(inbound(each, "classic"), inbound(each, "quorum"), outbound());
                get(send(each, 0, WAITING));
            }

            var meanwhile = Future.join(
                    bridges.stream().map(each -> send(each, WAITING, MEANWHILE)).toList());
            node.upgrade(RabbitRelease.V4);

            assertThat(node.ctl("version"))
                    .startsWith(RabbitRelease.V4.version().orElseThrow());
            get(meanwhile);
            for (var each : bridges) {
                assertAllArrive(each);
            }
        }
    }

    private static void assertAllArrive(TestBridge bridge) {
        var seen = TYPES.stream().map(type -> handle(bridge, type)).toList();
        eventually(
                () -> assertThat(seen).allSatisfy(numbers -> assertThat(numbers).hasSize(WAITING + MEANWHILE)));
        for (var route : List.of("classic", "quorum", "out")) {
            bridge.awaitCondition(route, Condition.READY);
        }
        get(send(bridge, WAITING + MEANWHILE, 1));
        eventually(
                () -> assertThat(seen).allSatisfy(numbers -> assertThat(numbers).contains(WAITING + MEANWHILE)));
    }

    /** Nobody handles its messages at first, so that they wait in the queue. */
    private static JsonObject inbound(TestBridge bridge, String type) {
        return json(("{'name': '%1$s', 'from': {'filter': 'n.*', 'queue': {'name': '%2$s-%1$s', 'life': 'persistent',"
                        + " 'type': '%1$s'}}, 'to': {'address': '%1$s', 'delivery': 'request'}}")
                .formatted(type, bridge.exchange));
    }

    private static JsonObject outbound() {
        return json("{'name': 'out', 'from': {'address': 'out'}, 'to': {'key': 'n.{n}'}, 'timeout': '2m'}");
    }

    private static Future<?> send(TestBridge bridge, int from, int count) {
        var options = new DeliveryOptions().setSendTimeout(120_000);
        return Future.join(IntStream.range(from, from + count)
                .mapToObj(n -> bridge.vertx.eventBus().request("out", new JsonObject().put("n", n), options))
                .toList());
    }

    private static Set<Integer> handle(TestBridge bridge, String address) {
        var seen = new ConcurrentSkipListSet<Integer>();
        bridge.vertx.eventBus().<JsonObject>localConsumer(address, message -> {
            seen.add(message.body().getInteger("n"));
            message.reply(null);
        });
        return seen;
    }
}
