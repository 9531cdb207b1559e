package dev.busbar.faults;

import static dev.busbar.faults.TestBridge.eventually;
import static dev.busbar.faults.TestBridge.get;
import static dev.busbar.faults.TestBridge.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.busbar.route.BridgeStatus;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.route.RouteStatus;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Many bridges that lose their broker in one instant do not return in one. */
@ExtendWith(RabbitExtension.class)
class ReconnectStormIT {

    private static final int BRIDGES = 100;
    private static final long BUCKET_MILLIS = 50;
    private static final long BUCKET_NANOS = TimeUnit.MILLISECONDS.toNanos(BUCKET_MILLIS);

    @Slow
    @Test
    void aHundredBridgesComeBackSpreadOverTime(RabbitNode node) throws Exception {
        try (var door = new Doorway(node.port());
                var bridge = new TestBridge("amqp://guest:guest@127.0.0.1:" + door.port());
                var foreign = new Foreign(node.amqpUri())) {
            var heard = ConcurrentHashMap.<String>newKeySet();
            bridge.vertx
                    .eventBus()
                    .localConsumer("a", message -> heard.add(message.headers().get("amqp-routing-key")));
            get(Future.all(IntStream.range(0, BRIDGES)
                    .mapToObj(n -> bridge.vertx.deployVerticle(
                            BridgeVerticle.class,
                            new DeploymentOptions()
                                    .setConfig(bridge.config(json("{'name': 'r" + n + "', 'from': {'filter': 'k." + n
                                            + "'}, 'to': {'address': 'a', 'delivery': 'send'},"
                                            + " 'onFailure': {'then': 'drop'}}")))))
                    .toList()));
            assertThat(door.knocks()).hasSize(BRIDGES);

            var began = System.nanoTime();
            door.shut();
            // Everybody has knocked three times, on average.
            eventually(() -> assertThat(door.knocks()).hasSizeGreaterThanOrEqualTo(4 * BRIDGES));
            var knocks = door.knocks();
            var perBucket = perBucket(knocks.subList(BRIDGES, knocks.size()), began);
            assertThat(perBucket)
                    .allSatisfy((millis, inBucket) -> assertThat(inBucket)
                            .as("attempts in the " + BUCKET_MILLIS + " ms from " + millis + " ms on, of " + perBucket)
                            .isLessThanOrEqualTo(BRIDGES / 2));
            assertThat(inFirstSecond(perBucket)).isLessThanOrEqualTo(3 * BRIDGES);
            // By now the pauses are as long as they get.
            eventually(() -> assertThat(door.knocks()).hasSizeGreaterThanOrEqualTo(8 * BRIDGES));
            var reopened = System.nanoTime();
            door.reopen();
            eventually(() -> assertThat(ready(bridge)).isGreaterThanOrEqualTo(BRIDGES * 95L / 100));
            var back = Duration.ofNanos(System.nanoTime() - reopened);
            LoggerFactory.getLogger(ReconnectStormIT.class).info("95 of 100 bridges were back after {}", back);
            assertThat(back).isLessThan(Duration.ofSeconds(5));
            eventually(() -> assertThat(BridgeStatus.of(bridge.vertx).routes())
                    .extracting(RouteStatus::condition)
                    .containsOnly(Condition.READY));
            for (var n = 0; n < BRIDGES; n++) {
                foreign.publish(bridge.exchange, "k." + n, "{}");
            }
            eventually(() -> assertThat(heard).hasSize(BRIDGES));
        }
    }

    private static long ready(TestBridge bridge) {
        return BridgeStatus.of(bridge.vertx).routes().stream()
                .filter(route -> route.condition() == Condition.READY)
                .count();
    }

    private static long inFirstSecond(TreeMap<Long, Long> perBucket) {
        return perBucket.headMap(1_000L).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** By the milliseconds since the beginning. */
    private static TreeMap<Long, Long> perBucket(List<Long> knocks, long began) {
        return knocks.stream()
                .collect(Collectors.groupingBy(
                        knock -> (knock - began) / BUCKET_NANOS * BUCKET_MILLIS, TreeMap::new, Collectors.counting()));
    }
}
