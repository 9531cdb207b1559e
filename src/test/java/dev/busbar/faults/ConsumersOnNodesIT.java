package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The message queue on two nodes: under one persistent name, and without. */
@Slow
@Timeout(180)
@ExtendWith(RabbitExtension.class)
class ConsumersOnNodesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int COUNT = 1_000;

    @TempDir
    Path folder;

    @Test
    @Slow
    void ofOneNameCompeteAndTheOneTakesOverWhatTheOtherWasKilledWith(RabbitNode broker) throws Exception {
        var exchange = "nc-" + UUID.randomUUID();
        var name = exchange + "-name";
        var sightings = new Sightings(name);
        var published = new Ledger("published");
        try (var nodes = new ClusterNodes(folder, config(broker, exchange), List.of(), "a", "b")
                        .telling((life, where, n, id, marked) -> sightings.seen(life, n, id, marked));
                var publisher = new ForeignPublisher(broker.amqpUri(), exchange, "job", published, 2 * COUNT)) {
            var a = nodes.start("a");
            var b = nodes.start("b");
            for (var node : List.of(a, b)) {
                node.tell("listen job.* " + name);
                await().atMost(PATIENCE).until(() -> node.sent(name).safe() == 1);
            }
            publisher.start();
            await().atMost(PATIENCE).until(() -> sightings.seen() > COUNT / 2);
            a.kill();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sightings.seen()).isEqualTo(2 * COUNT));
            sightings.assertCompeting(2 * COUNT);
            assertThat(sightings.seen("a")).isPositive();
            assertThat(sightings.seen("b")).isPositive();
        } finally {
            broker.deleteQueue("busbar.mq." + name + "@" + exchange);
        }
    }

    @Test
    void withoutANameSeeEachEventOnceOnEveryNode(RabbitNode broker) throws Exception {
        var exchange = "nc-" + UUID.randomUUID();
        var sightings = new Sightings("job.*");
        var published = new Ledger("published");
        try (var nodes = new ClusterNodes(folder, config(broker, exchange), List.of(), "a", "b")
                        .telling((life, where, n, id, marked) -> sightings.seen(life, n, id, marked));
                var publisher = new ForeignPublisher(broker.amqpUri(), exchange, "job", published, COUNT)) {
            for (var node : List.of(nodes.start("a"), nodes.start("b"))) {
                node.tell("hear job.*");
                await().atMost(PATIENCE).until(() -> node.sent("job.*").safe() == 1);
            }
            publisher.start();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sightings.seen("a") + sightings.seen("b"))
                            .isEqualTo(2 * COUNT));
            sightings.assertPerNode(COUNT, List.of("a", "b"));
        }
    }

    private static JsonObject config(RabbitNode broker, String exchange) {
        return new JsonObject()
                .put("broker", new JsonObject().put("uri", broker.amqpUri()))
                .put("exchange", exchange)
                .put("routes", new JsonArray());
    }
}
