package dev.busbar.faults;

import static dev.busbar.faults.TestBridge.eventually;
import static dev.busbar.faults.TestBridge.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.busbar.config.ConfigLoader;
import dev.busbar.hub.Hub;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Repeats;
import dev.busbar.testing.Slow;
import dev.busbar.testing.Soak;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bridge and a hub that lose their broker hundreds of times: afterwards they hold no more than before. */
@ExtendWith(RabbitExtension.class)
class ManyReconnectsIT {

    private static final Logger LOG = LoggerFactory.getLogger(ManyReconnectsIT.class);

    private static final int WARM_UP = 20;
    private static final int RECONNECTS = Soak.pick(60, 500);

    /** What the JVM has open at a given moment for itself. */
    private static final int FEW = 8;

    private static final int LITTLE_MIB = 3;

    /** What grows when something is left behind. */
    private record Held(long descriptors, long heapMiB, long threads) {

        private static Held now() {
            System.gc();
            var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
            var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
            return new Held(
                    system.getOpenFileDescriptorCount(),
                    heap,
                    ManagementFactory.getThreadMXBean().getThreadCount());
        }
    }

    @Slow
    @Test
    void leaveNoDescriptorAndNoObjectBehind(RabbitNode node) throws Exception {
        reconnect("amqp", node);
    }

    @Test
    @Repeats
    void overAmqp10Too(RabbitNode node) throws Exception {
        reconnect("amqp10", node);
    }

    private static void reconnect(String scheme, RabbitNode node) throws Exception {
        try (var door = new Doorway(node.port());
                var bridge = new TestBridge(scheme + "://guest:guest@127.0.0.1:" + door.port())) {
            var config = bridge.config(
                    json("{'name': 'in', 'from': {'filter': 'k.#', 'queue': {'name': '" + bridge.exchange
                            + "', 'life': 'until-stop'}}, 'to': {'address': 'a', 'delivery': 'request'}}"),
                    json("{'name': 'out', 'from': {'address': 'b'}, 'to': {'key': 'k.1'}}"));
            config.getJsonObject("broker")
                    .put("reconnect", new JsonObject().put("initial", "1ms").put("max", "20ms"));
            bridge.deployAs(config);
            var hub = Hub.open(bridge.vertx, ConfigLoader.fromJson(config)).await();
            var heard = new AtomicInteger();
            hub.listen(TopicFilter.parse("k.#"), 0, message -> heard.incrementAndGet())
                    .await();
            bridge.vertx.eventBus().localConsumer("a", message -> message.reply(null));

            cut(WARM_UP, door, bridge, heard);
            var before = Held.now();
            cut(RECONNECTS, door, bridge, heard);

            eventually(() -> {
                var after = Held.now();
                assertThat(after.descriptors)
                        .as("%s, before %s", after, before)
                        .isLessThanOrEqualTo(before.descriptors + FEW);
                assertThat(after.threads).as("%s, before %s", after, before).isLessThanOrEqualTo(before.threads + FEW);
                assertThat(after.heapMiB)
                        .as("%s, before %s", after, before)
                        .isLessThanOrEqualTo(before.heapMiB + LITTLE_MIB);
            });
            LOG.info("{}, {} reconnects: held {} before, {} after", scheme, RECONNECTS, before, Held.now());
            hub.close().await();
        }
    }

    /** So many times; after each, a message goes all the way, so that everything is back that was there. */
    private static void cut(int times, Doorway door, TestBridge bridge, AtomicInteger heard) {
        for (var n = 0; n < times; n++) {
            door.shut();
            door.reopen();
            var before = heard.get();
            eventually(() -> {
                assertThat(bridge.status("in").condition()).isEqualTo(Condition.READY);
                assertThat(bridge.status("out").condition()).isEqualTo(Condition.READY);
                bridge.vertx.eventBus().send("b", new JsonObject());
                assertThat(heard.get()).isGreaterThan(before);
            });
        }
    }
}
