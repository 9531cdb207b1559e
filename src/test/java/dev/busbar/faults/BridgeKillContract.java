package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.route.Predeclared;
import dev.busbar.testing.broker.Admin;
import dev.busbar.testing.broker.BrokerUnderTest;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a bridge leaves behind when it is killed with its hands full, and what the next one makes of it. */
@Timeout(600)
abstract class BridgeKillContract {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String exchange = "bk-" + UUID.randomUUID();
    private final Map<String, Ledger> in =
            Map.of("persistent", new Ledger("persistent"), "until-stop", new Ledger("until-stop"));
    private final Ledger out = new Ledger("out");

    @TempDir
    Path folder;

    private Admin foreign;

    abstract BrokerUnderTest broker();

    /** How many messages wait for each inbound route, and are sent to the outbound one. */
    abstract int count();

    @BeforeEach
    void declare() {
        foreign = broker().admin();
        foreign.declareExchange(exchange, "topic");
        for (var life : in.keySet()) {
            declare(life, "in.*");
        }
        declare("out", "out.*");
    }

    private void declare(String queue, String key) {
        foreign.declareQueue(name(queue));
        foreign.bind(name(queue), exchange, key);
    }

    private String name(String queue) {
        return exchange + "." + queue;
    }

    @AfterEach
    void remove() {
        for (var queue : List.of("persistent", "until-stop", "out")) {
            foreign.deleteQueue(name(queue));
        }
        foreign.deleteExchange(exchange);
        foreign.close();
    }

    private Path config() throws IOException {
        var inbound = """
                {"name": "%1$s", "from": {"filter": "in.*", "queue": {"name": "%2$s.%1$s", "life": "%1$s"}},
                 "to": {"address": "%1$s", "delivery": "request"}}""";
        var config = new JsonObject("""
                {"broker": {"uri": "%s"}, "exchange": {"name": "%s"}, "routes": [%s, %s,
                   {"name": "out", "from": {"address": "out"}, "to": {"key": "out.{n}"}, "timeout": "10m",
                    "buffer": {"messages": 100000}}]}""".formatted(
                        broker().uriText(),
                        exchange,
                        inbound.formatted("persistent", exchange),
                        inbound.formatted("until-stop", exchange)));
        var vertx = Vertx.vertx();
        var declared = Predeclared.of(vertx, broker(), config);
        vertx.close().await();
        return Files.writeString(folder.resolve("busbar.json"), declared.encode());
    }

    private void hear(String[] words) {
        switch (words[0]) {
            case "seen" -> in.get(words[1]).seen(Integer.parseInt(words[2]), words[3], Boolean.parseBoolean(words[4]));
            case "safe" -> out.safe(Integer.parseInt(words[1]));
            default -> out.failed(Integer.parseInt(words[1]), new AssertionError(String.join(" ", words)));
        }
    }

    /** Returns how many messages were published twice, because the publisher's connection was lost meanwhile. */
    private int fillQueues() throws Exception {
        int repeated;
        var filled = new Ledger("filled");
        try (var publisher = new ForeignPublisher(broker().wire(), exchange, "in", filled, Pace.all(count()))) {
            publisher.start();
            await().atMost(PATIENCE).until(() -> filled.safe() == count());
            repeated = publisher.publishedAgain().cardinality();
        }
        for (var n = 0; n < count(); n++) {
            for (var ledger : in.values()) {
                ledger.safe(n);
            }
        }
        return repeated;
    }

    private void awaitProgress(int messages) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() ->
                        out.safe() >= messages && in.values().stream().allMatch(ledger -> ledger.seen() >= messages));
    }

    @Test
    void whatAKilledBridgeHadNotSettledTheNextOneDelivers() throws Exception {
        Seed.next().run("kill the bridge at " + broker().uri(), random -> {
            var config = config();
            var repeated = fillQueues();
            try (var life = new BridgeProcess(config, count(), this::hear)) {
                awaitProgress(random.nextInt(count() / 25, count() / 4));
                life.kill();
            }
            for (var lane : in.entrySet()) {
                assertThat(lane.getValue().seen()).isLessThan(count());
                awaitDepth(lane.getKey(), count() - lane.getValue().seen(), count() + repeated);
            }

            try (var next = new BridgeProcess(config, 0, this::hear)) {
                await().atMost(PATIENCE).until(() -> in.values().stream().allMatch(ledger -> ledger.seen() == count()));
                next.kill();
            }
            in.values().forEach(ledger -> ledger.assertComplete(count()));
            assertThat(out.failures()).isZero();
            try (var consumer = new ForeignConsumer(broker().wire(), name("out"), out)) {
                consumer.start();
                await().atMost(PATIENCE).untilAsserted(out::assertNothingLost);
            }
        });
    }

    /** Once the broker has noticed the end of the connection. */
    private void awaitDepth(String queue, int least, int most) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var found = foreign.status(name(queue));
            assertThat(found.consumers()).isZero();
            assertThat(found.messages()).isBetween((long) least, (long) most);
        });
    }
}
