package dev.busbar.faults;

import static dev.busbar.faults.TestBridge.eventually;
import static dev.busbar.faults.TestBridge.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.GetResponse;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.Soak;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** However much comes, and however long the other side is away, a bridge holds what its configuration says. */
@Slow
@ExtendWith(RabbitExtension.class)
class BoundedMemoryIT {

    private static final int HEAP_MIB = 72;
    private static final int DIRECT_MIB = 24;
    private static final int AWAY_SECONDS = Soak.pick(8, 60);
    private static final int RATE = 20_000;
    private static final int BUFFER = 10_000;
    private static final int BACKLOG = Soak.pick(150_000, 1_000_000);
    private static final int PREFETCH = 250;

    private static RabbitNode node;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start(@PrivateNode RabbitNode own) {
        node = own;
    }

    private static JsonObject config(JsonObject... routes) {
        return new JsonObject()
                .put("broker", new JsonObject().put("uri", node.amqpUri()))
                .put("exchange", new JsonObject().put("name", "bounds"))
                .put("routes", new JsonArray(List.of(routes)));
    }

    private static JsonObject out(String whenFull) {
        return json("{'name': '" + whenFull + "', 'from': {'address': '" + whenFull + "'}, 'to': {'key': '" + whenFull
                + "'}, 'timeout': '10m', 'buffer': {'messages': " + BUFFER + ", 'whenFull': '" + whenFull + "'}}");
    }

    /** After a collection. The bounds of the JVM are hard besides: reaching them ends it. */
    private void assertSmall(JsonObject status, int heapMiB) {
        assertThat(status.getLong("heap")).as("heap in " + status).isLessThan(heapMiB << 20);
        assertThat(status.getLong("direct")).as("direct memory in " + status).isLessThan(8 << 20);
    }

    private static long count(JsonObject status, String route, String event) {
        return status.getJsonObject(route).getJsonObject("counts").getLong(event);
    }

    @Slow
    @Test
    void theBrokerAwayAtTwentyThousandASecond() throws Exception {
        try (var child = new ChildJvm(folder, HEAP_MIB, DIRECT_MIB, config(out("fail"), out("drop-oldest")))) {
            try (var foreign = new Foreign(node.amqpUri())) {
                foreign.queue("fail", "bounds", "fail");
                foreign.queue("drop-oldest", "bounds", "drop-oldest");
            }
            node.kill();
            var offers = child.ask("offer " + RATE + " " + AWAY_SECONDS + " fail drop-oldest");
            var away = child.ask("status");
            assertSmall(away, 48);
            // To each of the two routes; a busy machine may let through less.
            var offered = offers.getLong("offered");
            assertThat(offers.getLong("perSecond")).isGreaterThan(RATE / 4);
            for (var route : List.of("fail", "drop-oldest")) {
                assertThat(away.getJsonObject(route).getString("condition")).isEqualTo("DOWN");
                assertThat(away.getJsonObject(route).getInteger("open")
                                + away.getJsonObject(route).getInteger("buffered"))
                        .isEqualTo(BUFFER);
                assertThat(count(away, route, "ACCEPTED") + count(away, route, "REJECTED"))
                        .isEqualTo(offered);
                assertThat(count(away, route, "ACCEPTED") - count(away, route, "DROPPED"))
                        .isEqualTo(BUFFER);
            }
            assertThat(count(away, "fail", "ACCEPTED")).isEqualTo(BUFFER);
            assertThat(count(away, "drop-oldest", "REJECTED")).isZero();
            // Every fourth was a request: its sender has been told, whether it was refused or dropped.
            var gone = (offered - BUFFER) / Offers.REQUEST_EVERY;
            eventually(() -> {
                var failures = child.ask("status").getJsonObject("failures");
                assertThat(failures.getLong("bufferFull")).isBetween(2 * gone - 2, 2 * gone + 2);
                assertThat(failures.getLong("otherwise")).isZero();
            });

            node.start();
            eventually(() -> {
                var back = child.ask("status");
                for (var route : List.of("fail", "drop-oldest")) {
                    assertThat(count(back, route, "CONFIRMED"))
                            .as(back.encode())
                            .isEqualTo(BUFFER);
                }
            });
            try (var foreign = new Foreign(node.amqpUri())) {
                assertThat(numbers(foreign.takeAll("fail"))).isEqualTo(range(0, BUFFER));
                assertThat(numbers(foreign.takeAll("drop-oldest"))).isEqualTo(range(offered - BUFFER, offered));
            }
        }
    }

    private static List<Long> numbers(List<GetResponse> messages) {
        return messages.stream()
                .map(message -> new JsonObject(Foreign.text(message)).getLong("n"))
                .toList();
    }

    private static List<Long> range(long from, long to) {
        var range = new ArrayList<Long>();
        for (var n = from; n < to; n++) {
            range.add(n);
        }
        return range;
    }

    @Test
    void aHandlerThatNeverAnswersBeforeALongQueue() throws Exception {
        var in = json("{'name': 'in', 'from': {'filter': 'm', 'queue': {'name': 'million', 'life': 'persistent'}},"
                + " 'to': {'address': 'mute', 'delivery': 'request'}, 'prefetch': " + PREFETCH + ", 'timeout': '1s',"
                + " 'onFailure': {'attempts': 10000, 'backoff': {'initial': '10ms', 'max': '100ms'}}}");
        try (var child = new ChildJvm(folder, HEAP_MIB, DIRECT_MIB, config(in));
                var foreign = new Foreign(node.amqpUri())) {
            var transientOne = new AMQP.BasicProperties.Builder()
                    .contentType("application/json")
                    .deliveryMode(1)
                    .build();
            var body = "{\"of\": \"a million\"}".getBytes(StandardCharsets.UTF_8);
            for (var n = 0; n < BACKLOG; n++) {
                foreign.channel.basicPublish("bounds", "m", transientOne, body);
            }
            eventually(() -> assertThat(foreign.depth("million")).isEqualTo(BACKLOG - PREFETCH));
            eventually(() -> {
                var status = child.ask("status");
                assertThat(count(status, "in", "RETRIED")).isGreaterThan(4 * PREFETCH);
                assertSmall(status, 24);
                assertThat(status.getJsonObject("in").getInteger("open")).isEqualTo(PREFETCH);
                assertThat(count(status, "in", "RECEIVED")).isEqualTo(PREFETCH);
            });
            assertThat(node.ctl("list_queues", "name", "messages_unacknowledged"))
                    .contains("million\t" + PREFETCH);

            child.say("stop");
            eventually(() -> assertThat(foreign.depth("million")).isEqualTo(BACKLOG));
        }
    }
}
