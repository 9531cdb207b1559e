package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.route.RouteEvent;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.FaultyBroker;
import dev.busbar.testing.Slow;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.BrokerUnderTest;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A broker killed, or held, again and again while messages go through routes both ways. */
@Timeout(value = 1, unit = TimeUnit.HOURS)
abstract class KillBrokerContract {

    private static final int KILLS = Soak.pick(2, 3);
    /** The confirm window of the route, and of the foreign publisher. */
    private static final int IN_FLIGHT = 1_000;

    /**
     * A broker that is killed is noticed without one. A slow one that is given up for its silence would still take in
     * what it has over the old connection, among what is sent again.
     */
    private static final String LONG_HEARTBEAT = "60s";

    private static final Duration NOTICING = Duration.ofSeconds(20);

    abstract FaultyBroker node();

    /** The same as the bridge and foreign clients reach it. */
    abstract BrokerUnderTest broker();

    /** Whether of what it has not confirmed a killed broker keeps the older part, and not some here and some there. */
    abstract boolean keepsTheOlderPart();

    /** How many messages go each way. */
    abstract int many();

    /** The same, with the duplicate window on. */
    abstract int fewer();

    @Test
    void aKilledBrokerCostsNoMessageAndNoOrder() {
        Seed.next().run("a broker killed", random -> {
            try (var lanes = new Lanes(broker(), many(), 0, LONG_HEARTBEAT)) {
                lanes.start();
                killAndRestart(random, lanes, many());
                lanes.assertAllArrive();
                assertResentInOrder(lanes.consumer);
                lanes.assertSettledAtStop();
            }
        });
    }

    /** As long as the bridge itself lives, what its handler has replied to never comes to it again. */
    @Slow
    @Test
    void withTheDuplicateWindowNoHandlerSeesAMessageTwice() {
        Seed.next().run("a broker killed, duplicates dropped", random -> {
            try (var lanes = new Lanes(broker(), fewer(), fewer(), LONG_HEARTBEAT)) {
                lanes.start();
                killAndRestart(random, lanes, fewer());
                lanes.assertAllArrive();
                assertThat(lanes.in.again()).as("seen by the handler again").isZero();
                assertThat(lanes.status("in").counts().get(RouteEvent.DUPLICATES))
                        .as("duplicates dropped; without one this shows nothing")
                        .isPositive();
                lanes.assertSettledAtStop();
            }
        });
    }

    /**
     * The order of what was in flight is the broker's: awake again it takes in what it has over the old connections,
     * among what is sent again over new ones.
     */
    @Test
    void aHeldBrokerIsNoticedByItsSilenceAndCostsNoMessage() throws Exception {
        try (var lanes = new Lanes(broker(), fewer(), 0, "5s")) {
            lanes.start();
            await().atMost(Lanes.PATIENCE).until(() -> lanes.seen() > fewer() / 4);
            node().pause();
            try {
                // Two heartbeats of 5 s missed.
                await().atMost(NOTICING).untilAsserted(() -> {
                    assertThat(lanes.condition("out")).isEqualTo(Condition.DOWN);
                    assertThat(lanes.condition("in")).isEqualTo(Condition.DOWN);
                });
                lanes.out.unconfirmedMayComeLate(IN_FLIGHT);
                lanes.in.unconfirmedMayComeLate(IN_FLIGHT);
            } finally {
                node().resume();
            }
            lanes.assertAllArrive();
            lanes.assertSettledAtStop();
        }
    }

    private void killAndRestart(Random random, Lanes lanes, int count) throws InterruptedException {
        var points = random.ints(KILLS, count / 10, 2 * count * 9 / 10).sorted().toArray();
        for (var point : points) {
            var afterwards = random.nextInt(50);
            var away = random.nextInt(1_000);
            lanes.awaitSeen(point);
            TimeUnit.MILLISECONDS.sleep(afterwards);
            node().kill();
            if (!keepsTheOlderPart()) {
                lanes.out.unconfirmedMayComeLate(IN_FLIGHT);
                lanes.in.unconfirmedMayComeLate(IN_FLIGHT);
            }
            await().atMost(NOTICING).untilAsserted(() -> {
                assertThat(lanes.condition("in")).isEqualTo(Condition.DOWN);
                assertThat(lanes.condition("out")).isEqualTo(Condition.DOWN);
                assertThat(lanes.status("out").detail()).contains("cannot reach a broker");
            });
            TimeUnit.MILLISECONDS.sleep(away);
            node().start();
        }
    }

    /**
     * What a queue holds after a kill is what has survived, and then what the bridge had no confirm of, from the oldest
     * on: so between two kills the numbers only rise, but for where a resending begins, once for every kill so far.
     */
    private static void assertResentInOrder(ForeignConsumer consumer) {
        var connections = consumer.connections();
        for (var kills = 0; kills < connections.size(); kills++) {
            var order = connections.get(kills);
            var newBeginnings = 0;
            for (var i = 1; i < order.size(); i++) {
                if (order.get(i) <= order.get(i - 1)) {
                    newBeginnings++;
                }
            }
            assertThat(newBeginnings)
                    .as("falling numbers after %d kills; %s", kills, consumer)
                    .isLessThanOrEqualTo(kills);
        }
    }
}
