package dev.busbar.faults;

import static dev.busbar.faults.TestBridge.eventually;
import static dev.busbar.faults.TestBridge.get;
import static dev.busbar.faults.TestBridge.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.route.BridgeStatus;
import dev.busbar.route.RouteStatus;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.BrokerThreads;
import dev.busbar.testing.PrivateNode;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.Soak;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many routes on one connection are no burden to the broker, nor to the application around them. */
@ExtendWith(RabbitExtension.class)
class ManyRoutesIT {

    private static final int ROUTES = Soak.pick(300, 1_000);

    /** Each takes two to four seconds on two idle cores. */
    private static final Duration GENEROUS = Duration.ofSeconds(30);

    private static RabbitNode node;
    private TestBridge bridge;

    @BeforeAll
    static void start(@PrivateNode RabbitNode own) {
        node = own;
    }

    @BeforeEach
    void open() {
        bridge = new TestBridge(node.amqpUri());
    }

    @AfterEach
    void close() {
        bridge.close();
        limitChannels(2047);
    }

    /** Of connections opened from now on. */
    private static void limitChannels(int max) {
        node.ctl("eval", "application:set_env(rabbit, channel_max, " + max + ").");
    }

    private JsonObject route(int n) {
        return json("{'name': 'r" + n + "', 'from': {'filter': 'k." + n + "', 'queue': {'name': '" + bridge.exchange
                + "-" + n + "', 'life': 'until-stop'}}, 'to': {'address': 'a." + n + "', 'delivery': 'request'}}");
    }

    private JsonObject[] routes(int count) {
        return IntStream.range(0, count).mapToObj(this::route).toArray(JsonObject[]::new);
    }

    private Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("AMQP Connection")
                        && !name.startsWith("HttpClient")
                        && !BrokerThreads.include(name))
                .collect(Collectors.toSet());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Slow
    @Test
    void manyRoutesShareTwoConnectionsAndNoThreadOfTheirOwn() throws Exception {
        var heard = ConcurrentHashMap.<Integer>newKeySet();
        for (var n = 0; n < ROUTES; n++) {
            var own = n;
            bridge.vertx.eventBus().localConsumer("a." + n, message -> {
                heard.add(own);
                message.reply(null);
            });
        }
        var before = threads();
        var config = bridge.config(routes(ROUTES));
        var began = System.nanoTime();
        var id = bridge.deployAs(config);
        var deployed = since(began);

        assertThat(threads()).allMatch(name -> before.contains(name) || name.startsWith("vert.x-"));
        assertThat(node.ctl("list_connections", "name", "channels").lines()).hasSize(2);
        var health = bridge.health(config);
        TestBridge.ready(health);
        began = System.nanoTime();
        assertThat(TestBridge.ready(health).statusCode()).isEqualTo(200);
        var asked = since(began);

        try (var foreign = new Foreign(node.amqpUri())) {
            for (var n = 0; n < ROUTES; n += 50) {
                foreign.publish(bridge.exchange, "k." + n, "{}");
            }
        }
        eventually(() -> assertThat(heard).hasSize(ROUTES / 50));

        began = System.nanoTime();
        node.closeAllConnections();
        eventually(() -> assertThat(conditions()).contains(Condition.DOWN));
        eventually(() -> assertThat(conditions()).containsExactly(Condition.READY));
        var back = since(began);
        try (var foreign = new Foreign(node.amqpUri())) {
            for (var n = 1; n < ROUTES; n += 50) {
                foreign.publish(bridge.exchange, "k." + n, "{}");
            }
        }
        eventually(() -> assertThat(heard).hasSize(2 * ROUTES / 50));

        began = System.nanoTime();
        get(bridge.vertx.undeploy(id));
        var stopped = since(began);
        assertThat(Stream.of(deployed, back, stopped))
                .as("deployed, back, stopped; health asked in " + asked)
                .allMatch(time -> time.compareTo(GENEROUS) < 0);
        assertThat(asked).isLessThan(Duration.ofSeconds(3));
        assertThat(node.ctl("list_queues", "name").lines().filter(name -> name.startsWith(bridge.exchange + "-")))
                .isEmpty();
    }

    private Set<Condition> conditions() {
        return BridgeStatus.of(bridge.vertx).routes().stream()
                .map(RouteStatus::condition)
                .collect(Collectors.toSet());
    }

    @Test
    void whenTheChannelsAreUsedUpTheRouteSaysHowManyThereAreAndWhatToDo() {
        limitChannels(10);
        assertThatThrownBy(() -> bridge.deploy(routes(20)))
                .hasMessageMatching("(?s)route 'r\\d+' cannot start: .*")
                .hasMessageContaining("all 10 are in use")
                .hasMessageContaining("channel_max")
                .hasMessageContaining("another BridgeVerticle");
        assertThat(BridgeStatus.of(bridge.vertx).routes()).isEmpty();
    }
}
