package dev.busbar.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.busbar.route.BridgeStatus;
import dev.busbar.route.BridgeVerticle;
import dev.busbar.route.RouteStatus;
import dev.busbar.route.RouteStatus.Condition;
import dev.busbar.testing.RabbitExtension;
import dev.busbar.testing.RabbitNode;
import dev.busbar.testing.Slow;
import dev.busbar.testing.Soak;
import dev.busbar.testing.broker.Admin;
import dev.busbar.testing.broker.BrokerUnderTest;
import dev.busbar.testing.broker.CuttableProxy;
import dev.busbar.testing.broker.EmbeddedBrokerJ;
import dev.busbar.testing.broker.NetworkFault;
import dev.busbar.testing.broker.NetworkFault.Kind;
import dev.busbar.testing.broker.NetworkFault.Way;
import dev.busbar.testing.broker.RabbitMq;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a bad network does to routes, both ways, with either broker behind it. */
@ExtendWith(RabbitExtension.class)
class NetworkFaultIT {

    private static final int ROUTES = 2;
    private static final int FAILING_CONNECTIONS = Soak.pick(15, 40);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** Two heartbeats of silence, a failed attempt or two, and a slow machine. */
    private static final Duration UNREASONABLE = Duration.ofSeconds(20);

    private static final Duration HELD_UP = Duration.ofSeconds(5);

    private static final Vertx BROKER_VERTX = Vertx.vertx();
    private static RabbitNode rabbit;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final String exchange = "net-" + UUID.randomUUID();
    private BrokerUnderTest broker;
    private Admin foreign;
    private CuttableProxy proxy;

    enum Broker {
        RABBITMQ(Soak.pick(5_000, 30_000)),
        BROKER_J(Soak.pick(5_000, 30_000)),
        /** About a thousand persistent messages a second are what its durable store takes. */
        BROKER_J_OVER_AMQP_10(Soak.pick(1_500, 8_000));

        private final int count;

        Broker(int count) {
            this.count = count;
        }

        BrokerUnderTest underTest() {
            return switch (this) {
                case RABBITMQ -> new RabbitMq(rabbit);
                case BROKER_J -> EmbeddedBrokerJ.shared();
                case BROKER_J_OVER_AMQP_10 -> EmbeddedBrokerJ.shared10();
            };
        }
    }

    @BeforeAll
    static void start(RabbitNode shared) {
        rabbit = shared;
    }

    @AfterEach
    void close() throws Exception {
        get(Future.join(vertx.deploymentIDs().stream().map(vertx::undeploy).toList()));
        get(vertx.close());
        proxy.close();
        for (var queue : List.of("in", "out")) {
            foreign.deleteQueue(exchange + "." + queue);
        }
        foreign.deleteExchange(exchange);
        foreign.close();
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    private void deploy(Broker broker, CuttableProxy.Script script) throws Exception {
        deploy(broker, script, "1s");
    }

    private void deploy(Broker broker, CuttableProxy.Script script, String heartbeat) throws Exception {
        this.broker = broker.underTest();
        foreign = this.broker.admin();
        foreign.declareExchange(exchange, "topic");
        foreign.declareQueue(exchange + ".out");
        foreign.bind(exchange + ".out", exchange, "out.*");
        var place = this.broker.uri();
        proxy = new CuttableProxy(place.host(), place.port(), script);
        var config = new JsonObject("""
                {"broker": {"uri": "%1$s", "heartbeat": "%3$s", "connectTimeout": "3s", "startTimeout": "1m",
                            "reconnect": {"initial": "20ms", "max": "200ms"}},
                 "exchange": {"name": "%2$s"},
                 "routes": [
                   {"name": "out", "from": {"address": "out"}, "to": {"key": "out.{n}"},
                    "timeout": "10m", "buffer": {"messages": 100000}},
                   {"name": "in", "from": {"filter": "in.*", "queue": {"name": "%2$s.in", "life": "persistent"}},
                    "to": {"address": "in", "delivery": "request"}}]}
                """.formatted(
                        this.broker.uriText().replace(":" + place.port(), ":" + proxy.port()), exchange, heartbeat));
        get(vertx.deployVerticle(BridgeVerticle.class, new DeploymentOptions().setConfig(config)));
    }

    private void handle(Ledger ledger) {
        vertx.eventBus().<JsonObject>localConsumer("in", message -> {
            var headers = message.headers();
            ledger.seen(
                    message.body().getInteger("n"),
                    headers.get("amqp-message-id"),
                    Boolean.parseBoolean(headers.get("amqp-redelivered")));
            message.reply(null);
        });
    }

    private RouteStatus status(String route) {
        return BridgeStatus.of(vertx).routes().stream()
                .filter(status -> status.name().equals(route))
                .findFirst()
                .orElseThrow();
    }

    private void awaitBoth(Condition condition, Duration patience) {
        await().atMost(patience)
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(List.of(status("in"), status("out")))
                        .allMatch(status -> status.condition() == condition));
    }

    @Slow
    @ParameterizedTest
    @EnumSource
    void randomFaultsLoseNothingEitherWay(Broker broker) throws Exception {
        Seed.next().run("random network faults, " + broker, random -> {
            var loop = new LoopWatch(vertx);
            // On a busy machine Broker-J takes longer than two seconds over a thousand messages that are sent again: it
            // would be given up each time, before it has come to the question whether it is there.
            deploy(broker, new RandomNetwork(random.nextLong(), FAILING_CONNECTIONS), "3s");
            var count = broker.count;
            var in = new Ledger("in");
            var out = new Ledger("out");
            handle(in);
            try (var consumer = new ForeignConsumer(this.broker.wire(), exchange + ".out", out);
                    var publisher = new ForeignPublisher(this.broker.wire(), exchange, "in", in, Pace.all(count))) {
                consumer.start();
                publisher.start();
                new BusSender(vertx, "out", out, count).start();
                var longest =
                        new Standstill(() -> in.seen() + out.safe()).until(() -> isComplete(in, out, count), PATIENCE);
                assertThat(longest).isLessThan(UNREASONABLE);
            }
            in.assertComplete(count);
            out.assertComplete(count);
            assertThat(out.failures()).isZero();
            assertThat(loop.longest()).isLessThan(HELD_UP);
            assertThat(proxy.struck()).hasSizeGreaterThan(FAILING_CONNECTIONS * 3 / 4);
            awaitBoth(Condition.READY, PATIENCE);
        });
    }

    private static boolean isComplete(Ledger in, Ledger out, int count) {
        return in.seen() == count && in.safe() == count && out.seen() == count && out.safe() == count;
    }

    @ParameterizedTest
    @EnumSource
    void aStartSurvivesCutsAnywhereInTheFirstConnections(Broker broker) throws Exception {
        var last = 12;
        deploy(
                broker,
                connection -> connection < last
                        ? List.of(
                                cutBefore(Way.TO_CLIENT, connection / 2),
                                cutBefore(Way.TO_BROKER, last - connection / 2))
                        : List.of());
        awaitBoth(Condition.READY, PATIENCE);
        assertThat(proxy.struck()).hasSizeGreaterThanOrEqualTo(last);
    }

    private static NetworkFault cutBefore(Way way, int frame) {
        return new NetworkFault(way, frame, 0, Kind.CUT, Set.of(way), Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource
    void aStalledOrHalfClosedConnectionIsNoticed(Broker broker) throws Exception {
        deploy(broker, connection -> List.of());
        for (var kind : List.of(Kind.STALL, Kind.HALF_CLOSE)) {
            for (var hit : List.of(Set.of(Way.TO_BROKER), Set.of(Way.TO_CLIENT), Set.of(Way.values()))) {
                awaitBoth(Condition.READY, PATIENCE);
                var accepted = proxy.accepted();
                proxy.strike(new NetworkFault(Way.TO_BROKER, 0, 0, kind, hit, Duration.ofMinutes(1)));
                await(kind + " " + hit).atMost(UNREASONABLE).until(() -> proxy.accepted() >= accepted + ROUTES);
            }
        }
    }
}
