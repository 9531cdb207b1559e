package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.faults.FaultSchedule.Step;
import dev.busbar.faults.SoakTraffic.Mood;
import dev.busbar.route.RouteEvent;
import dev.busbar.route.RouteStatus;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.BrokerThreads;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.CuttableProxy;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Mixed faults in random order under traffic both ways: for half a minute, or for as long as {@code -Dbusbar.soak}
 * says, e.g. {@code 10m}; {@code -Dbusbar.seed} repeats the schedule of an earlier run.
 */
@ExtendWith(RabbitExtension.class)
@Timeout(value = 1, unit = TimeUnit.HOURS)
@Slow
class SoakIT {

    private static final Duration DRAINING = Duration.ofMinutes(2);

    private static final Duration LENGTH = Soak.length(Duration.ofSeconds(25));

    @Test
    void nothingIsLostAndNothingLeaksWhateverGoesWrong() {
        Seed.next().run("soak", random -> {
            var schedule = FaultSchedule.of(random, LENGTH);
            var struck = new ArrayList<Step>();
            try (var node = SoakFaults.impatientNode();
                    var proxy = new CuttableProxy("127.0.0.1", node.port())) {
                run(node, proxy, schedule, struck);
            } catch (Throwable e) {
                throw new AssertionError(
                        struck.stream().map(Step::toString).collect(Collectors.joining("\n  ", "after\n  ", "\n"))
                                + e.getMessage(),
                        e);
            }
        });
    }

    private void run(RabbitNode node, CuttableProxy proxy, FaultSchedule schedule, ArrayList<Step> struck)
            throws Exception {
        var vertx = Vertx.vertx();
        var bridge = new SoakBridge(vertx, proxy.port());
        bridge.deploy();
        SoakBridge.declareForeignQueue(node.uri());
        var threads = threads();
        var channels = channels(node);
        try (var traffic = new SoakTraffic(vertx, node.uri(), SoakBridge.EXCHANGE)) {
            traffic.start();
            var faults = new SoakFaults(node, proxy, bridge, traffic);
            for (var step : schedule.steps()) {
                struck.add(step);
                faults.strike(step);
            }
            traffic.mood(Mood.WELL);
            traffic.listen();
            assertDrained(bridge, traffic);
        }
        assertNothingLeft(bridge, threads);
        await().atMost(DRAINING).untilAsserted(() -> assertThat(channels(node)).isEqualTo(channels));
        bridge.undeploy();
        await().atMost(DRAINING).untilAsserted(() -> assertThat(channels(node)).isZero());
        vertx.close().await();
    }

    private static void assertDrained(SoakBridge bridge, SoakTraffic traffic) {
        var count = traffic.end();
        await().atMost(DRAINING).untilAsserted(() -> {
            for (var lane : new Ledger[] {traffic.out, traffic.in, traffic.once}) {
                assertThat(lane.seen())
                        .as("%s, of %d; %s", lane, count, bridge.routes())
                        .isEqualTo(count);
            }
            assertThat(traffic.inReplied()).isEqualTo(count);
            assertThat(traffic.out.safe() + traffic.in.safe()).isEqualTo(2 * count);
        });
        traffic.out.assertComplete(count);
        traffic.in.assertComplete(count);
        traffic.once.assertNothingLost();
        assertThat(traffic.once.again())
                .as("seen again within the duplicate window")
                .isZero();
        var lossy = traffic.lossy.get();
        await().atMost(DRAINING).untilAsserted(() -> assertThat(traffic.lossy).hasValueGreaterThan(lossy));
    }

    private static void assertNothingLeft(SoakBridge bridge, Set<String> threads) {
        await().atMost(DRAINING).untilAsserted(() -> {
            assertThat(bridge.routes())
                    .allSatisfy(route -> assertThat(route.condition()).isEqualTo(Condition.READY));
            for (var name : new String[] {"out", "in", "once"}) {
                var route = bridge.route(name);
                assertThat(route.open() + route.buffered()).as("%s", route).isZero();
                assertThat(route.bufferedBytes()).isZero();
                assertThat(settled(route)).as("%s", route).isBetween(0L, arrived(route));
            }
            var out = bridge.route("out");
            assertThat(settled(out)).as("%s", out).isEqualTo(arrived(out));
            assertThat(bridge.route("in").counts().get(RouteEvent.DEAD_LETTERED))
                    .isZero();
            var more = threads();
            more.removeAll(threads);
            assertThat(more).as("threads that were not there at the start").isEmpty();
        });
    }

    private static long arrived(RouteStatus route) {
        return route.counts().get(RouteEvent.RECEIVED) + route.counts().get(RouteEvent.ACCEPTED);
    }

    /** Of inbound deliveries the broker has taken back some. */
    private static long settled(RouteStatus route) {
        return route.counts().get(RouteEvent.HANDLED)
                + route.counts().get(RouteEvent.DUPLICATES)
                + route.counts().get(RouteEvent.CONFIRMED)
                + route.counts().get(RouteEvent.UNROUTABLE)
                + route.counts().get(RouteEvent.REFUSED)
                + route.counts().get(RouteEvent.UNSENT);
    }

    /** Those of Vert.x have bounds of their own, and those of the proxy are the test's. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("vert.x-")
                        && !name.startsWith("test-proxy")
                        && !name.startsWith("process reaper")
                        && !name.startsWith("awaitility")
                        && !BrokerThreads.include(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long channels(RabbitNode node) {
        return node.ctl("list_channels", "pid").lines().count();
    }
}
