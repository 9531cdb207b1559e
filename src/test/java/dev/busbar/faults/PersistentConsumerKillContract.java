package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.config.BusbarConfig;
import dev.busbar.config.ConfigLoader;
import dev.busbar.mq.MessageQueue;
import dev.busbar.testing.FaultyBroker;
import dev.busbar.testing.broker.Await;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.topic.RoutingKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node with a persistent consumer is killed, and its broker while it is away; then both come back. */
@Timeout(300)
abstract class PersistentConsumerKillContract {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int BACKLOG = 1_500;
    private static final int ALL = 1_800;

    @TempDir
    Path folder;

    private final String name = "k" + UUID.randomUUID().toString().substring(0, 8);

    abstract BrokerUnderTest broker();

    abstract FaultyBroker node();

    private JsonObject config() {
        return new JsonObject()
                .put("broker", new JsonObject().put("uri", broker().uriText()))
                .put("exchange", new JsonObject().put("name", "pk-" + name));
    }

    private static void produce(BusbarConfig config, int from, int to, Runnable meanwhile) {
        var vertx = Vertx.vertx();
        var queue = Await.done(MessageQueue.open(vertx, config));
        var confirmed = Future.join(IntStream.range(from, to)
                .mapToObj(n -> queue.produce(RoutingKey.of("job", "x"), n))
                .toList());
        meanwhile.run();
        await().atMost(PATIENCE).until(confirmed::isComplete);
        assertThat(confirmed.succeeded()).isTrue();
        Await.done(queue.close());
        Await.done(vertx.close());
    }

    @Test
    void theNextNodeGetsTheBacklogFirstAndInOrder() throws Exception {
        var file = Files.writeString(folder.resolve("busbar.json"), config().encode());
        var config = ConfigLoader.fromJson(config());
        var first = new CopyOnWriteArrayList<Integer>();
        var next = new CopyOnWriteArrayList<Integer>();

        try (var life = process(file, first)) {
            produce(config, 0, BACKLOG, () -> {
                await().atMost(PATIENCE).until(() -> first.size() >= 100);
                life.kill();
            });
        }
        assertThat(first).hasSizeLessThan(BACKLOG);
        node().kill();
        node().start();

        try (var life = process(file, next)) {
            produce(config, BACKLOG, ALL, () -> {});
            await().atMost(PATIENCE).until(() -> next.contains(ALL - 1));
            life.kill();
        }
        assertThat(first).isEqualTo(numbers(0, first.size()));
        assertThat(next.get(0)).isLessThanOrEqualTo(first.size());
        assertThat(next).isEqualTo(numbers(next.get(0), ALL));
        remove(config);
    }

    private BridgeProcess process(Path file, List<Integer> seen) throws Exception {
        return new BridgeProcess(
                PersistentConsumerMain.class, file, name, words -> seen.add(Integer.parseInt(words[1])));
    }

    private static List<Integer> numbers(int from, int to) {
        return new ArrayList<>(IntStream.range(from, to).boxed().toList());
    }

    private void remove(BusbarConfig config) {
        var vertx = Vertx.vertx();
        var queue = Await.done(MessageQueue.open(vertx, config));
        await().atMost(PATIENCE).until(() -> Await.done(queue.removePersistent(name)));
        Await.done(queue.close());
        Await.done(vertx.close());
        try (var admin = broker().admin()) {
            admin.deleteExchange("pk-" + name);
        }
    }
}
