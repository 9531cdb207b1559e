package dev.busbar.config;

import static dev.busbar.config.Loading.config;
import static dev.busbar.config.Loading.inbound;
import static dev.busbar.config.Loading.outbound;
import static dev.busbar.config.Loading.warnings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.busbar.topic.KeyTemplate;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a good configuration comes to. */
class ConfigLoaderTest {

    private static final ExchangeConfig BUSBAR = new ExchangeConfig("busbar", "topic", true, Map.of());

    @Test
    void readsABrokerOfAmqp10() {
        BrokerConfig broker = Loading.config(
                        "broker: {uri: [amqp10s://a, amqp10://b], dialect: rabbitmq4, sasl: anonymous}")
                .broker();

        assertThat(broker.uris()).allMatch(BrokerUri::isAmqp10);
        assertThat(broker.dialect()).isEqualTo(BrokerDialect.RABBITMQ4);
        assertThat(broker.sasl()).isEqualTo(SaslMechanism.ANONYMOUS);
    }

    /** As with {@code --uri}, beside a configuration for another protocol. */
    @Test
    void aDialectMeansNothingElsewhere() {
        BrokerConfig broker =
                Loading.config("broker: {uri: amqp10://a, dialect: qpid}").broker();

        assertThat(broker.at(List.of(BrokerUri.parse("amqp://a"))).dialect()).isEqualTo(BrokerDialect.AUTO);
        assertThat(broker.at(List.of(BrokerUri.parse("amqp10://b"))).dialect()).isEqualTo(BrokerDialect.QPID);
    }

    @Test
    void everythingHasADefault() {
        BusbarConfig config = config("{}");

        assertThat(config.broker().uris()).containsExactly(BrokerUri.EMBEDDED);
        assertThat(config.broker().embedded())
                .isEqualTo(new EmbeddedConfig("127.0.0.1", 5672, "memory", "guest", new Secret("guest")));
        assertThat(config.broker().maxMessageBytes()).isEqualTo(64 * 1024 * 1024);
        assertThat(config.exchange()).isEqualTo(BUSBAR);
        assertThat(config.routes()).isEmpty();
        assertThat(config.datetimes()).isEqualTo(DatetimeStyle.ISO);
        assertThat(config.web()).isEqualTo(WebConfig.of(true, "127.0.0.1", 8080));
        assertThat(config.management()).isEqualTo(ManagementConfig.of(true, "127.0.0.1", 8081));
        assertThat(config.cluster().enabled()).isFalse();
    }

    @Test
    void everyKeyIsRead() {
        BusbarConfig config = config("""
                broker:
                  uri: [amqps://a, amqps://b]
                  embedded: {host: 0.0.0.0, port: 0, store: data, user: u, password: p}
                  tls: {trust: t.pem, certificate: c.pem, key: k.pem, verifyHost: false}
                  sasl: external
                  heartbeat: 0s
                  connectTimeout: 1500ms
                  startTimeout: 2m
                  reconnect: {initial: 1s, max: 1h}
                  maxMessageSize: 10MB
                brokers: {far: {uri: "amqp10://far"}}
                exchange: {name: events, type: x-random, durable: false, arguments: {alternate-exchange: lost}}
                routes:
                  - name: in
                    from:
                      broker: far
                      filter: [builds.*.finished, "#"]
                      exchange: {name: logs, type: topic, durable: false}
                      queue: {name: q, life: until-stop, type: quorum, arguments: {x-max-length: 10}}
                    to: {address: x, delivery: send}
                    scope: singleton
                    prefetch: 65535
                    prefetchBytes: 4KiB
                    timeout: 1s
                    duplicates: {window: 7}
                    onFailure: {attempts: 2, backoff: {initial: 1ms, max: 2ms}, then: park}
                  - name: out
                    from: {address: y}
                    to: {broker: far, key: "changes.{id}.new", exchange: "", mandatory: false, persistent: false, reply: message}
                    timeout: 5m
                    inFlight: 1
                    buffer: {messages: 3, bytes: 1KiB, whenFull: drop-oldest}
                subscriptions:
                  grace: 0s
                  prefetch: 7
                  handOver: {messages: 8, bytes: 9KiB, patience: 10ms}
                  replay: {messages: 11, bytes: 12, filters: "a.#"}
                  consumers: {messages: 13, bytes: 14}
                  persistent: {prefetch: 15, onFailure: {attempts: 16, then: drop}}
                  producing: {messages: 17, bytes: 18, inFlight: 19, timeout: 20s}
                  control: {enabled: true, consumers: 21, timeout: 22s}
                datetimes: kombu
                web: {host: "::1", port: 1}
                wamp:
                  realms: r
                  prefix: p.
                  anonymous: guests
                  users: {alice: {secret: s, role: masters}}
                  parking: {filters: [a.*], afterStop: true, messages: 7, bytes: 8KiB, age: 9h, arguments: {x-a: 1}}
                  limits: {sessions: 1, subscriptions: 2, inFlight: 3, message: 2KiB, queueBytes: 4KiB,
                           helloTimeout: 5s, pingTimeout: 6s}
                management: {enabled: false, host: b, port: 2}
                cluster:
                  enabled: true
                  manager: infinispan
                  node: n1
                  name: c
                  host: 0.0.0.0
                  port: 7000
                  publicHost: n1.example
                  members: [n2.example, "[fd00::1]:7001"]
                  eventBus: {port: 7002, publicHost: n1, publicPort: 7003}
                """);

        assertThat(config)
                .isEqualTo(new BusbarConfig(
                        BrokerConfig.builder()
                                .uris(List.of(BrokerUri.parse("amqps://a"), BrokerUri.parse("amqps://b")))
                                .embedded(new EmbeddedConfig("0.0.0.0", 0, "data", "u", new Secret("p")))
                                .tls(new TlsConfig("t.pem", "c.pem", "k.pem", false))
                                .sasl(SaslMechanism.EXTERNAL)
                                .heartbeat(Duration.ZERO)
                                .connectTimeout(Duration.ofMillis(1500))
                                .startTimeout(Duration.ofMinutes(2))
                                .reconnect(new ReconnectConfig(Duration.ofSeconds(1), Duration.ofHours(1)))
                                .maxMessageBytes(10_000_000)
                                .build(),
                        Map.of(
                                "far",
                                BrokerConfig.builder()
                                        .uris(List.of(BrokerUri.parse("amqp10://far")))
                                        .build()),
                        new ExchangeConfig("events", "x-random", false, Map.of("alternate-exchange", "lost")),
                        List.of(
                                InboundRoute.builder()
                                        .name("in")
                                        .broker("far")
                                        .exchange(new ExchangeConfig("logs", "topic", false, Map.of()))
                                        .filters(
                                                List.of(TopicFilter.parse("builds.*.finished"), TopicFilter.parse("#")))
                                        .queue(new QueueConfig(
                                                "q",
                                                QueueLife.UNTIL_STOP,
                                                QueueType.QUORUM,
                                                Map.of("x-max-length", 10)))
                                        .address("x")
                                        .delivery(DeliveryMode.SEND)
                                        .scope(Scope.SINGLETON)
                                        .prefetch(65535)
                                        .prefetchBytes(4096)
                                        .timeout(Duration.ofSeconds(1))
                                        .onFailure(new FailurePolicy(
                                                2,
                                                new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)),
                                                RetryWait.MEMORY,
                                                FailureAction.PARK))
                                        .duplicateWindow(7)
                                        .build(),
                                OutboundRoute.builder()
                                        .name("out")
                                        .broker("far")
                                        .exchange(new ExchangeConfig("", "direct", true, Map.of()))
                                        .address("y")
                                        .key(KeyTemplate.parse("changes.{id}.new"))
                                        .mandatory(false)
                                        .persistent(false)
                                        .reply(ReplyMode.MESSAGE)
                                        .timeout(Duration.ofMinutes(5))
                                        .inFlight(1)
                                        .buffer(new BufferConfig(3, 1024, WhenFull.DROP_OLDEST))
                                        .build()),
                        new SubscriptionsConfig(
                                Duration.ZERO,
                                7,
                                new HandOverConfig(8, 9216, Duration.ofMillis(10)),
                                new ReplayConfig(11, 12, List.of(TopicFilter.parse("a.#"))),
                                new ConsumersConfig(13, 14),
                                new PersistentConfig(
                                        15,
                                        new FailurePolicy(
                                                16,
                                                RecordSection.defaults(Backoff.class),
                                                RetryWait.MEMORY,
                                                FailureAction.DROP)),
                                new ProducingConfig(17, 18, 19, Duration.ofSeconds(20)),
                                new ControlConfig(true, 21, Duration.ofSeconds(22))),
                        DatetimeStyle.KOMBU,
                        WebConfig.of(true, "::1", 1),
                        new WampConfig(
                                false,
                                List.of("r"),
                                "p.",
                                "guests",
                                Map.of("alice", new WampUser(new Secret("s"), "masters")),
                                new ParkingConfig(
                                        List.of(TopicFilter.parse("a.*")),
                                        true,
                                        7,
                                        8192,
                                        Duration.ofHours(9),
                                        Map.of("x-a", 1)),
                                new WampLimits(1, 2, 3, 2048, 4096, Duration.ofSeconds(5), Duration.ofSeconds(6))),
                        ManagementConfig.of(false, "b", 2),
                        Made.a(ClusterConfig.class)
                                .with("enabled", true)
                                .with("manager", ClusterManagerChoice.INFINISPAN)
                                .with("node", "n1")
                                .with("name", "c")
                                .with("host", "0.0.0.0")
                                .with("port", 7000)
                                .with("publicHost", "n1.example")
                                .with(
                                        "members",
                                        List.of(
                                                new MemberAddress("n2.example", null),
                                                new MemberAddress("fd00::1", 7001)))
                                .with("eventBus", new ClusterBusConfig("0.0.0.0", 7002, "n1", 7003))
                                .get()));
    }

    @Test
    void aTransientRoutePublishesOnEveryNode() {
        InboundRoute route = inbound("{name: r, from: {filter: a}, to: {address: x}}");

        assertThat(route.queue()).isEqualTo(new QueueConfig(null, QueueLife.TRANSIENT, QueueType.CLASSIC, Map.of()));
        assertThat(route.delivery()).isEqualTo(DeliveryMode.PUBLISH);
        assertThat(route.scope()).isEqualTo(Scope.PER_NODE);
        assertThat(route.prefetch()).isEqualTo(250);
        assertThat(route.onFailure())
                .isEqualTo(new FailurePolicy(
                        5,
                        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(30)),
                        RetryWait.MEMORY,
                        FailureAction.DEAD_LETTER));
    }

    @Test
    void aDurableRouteRequestsOnOneNode() {
        InboundRoute route =
                inbound("{name: r, from: {filter: a, queue: {name: q, life: until-stop}}, to: {address: x}}");

        assertThat(route.delivery()).isEqualTo(DeliveryMode.REQUEST);
        assertThat(route.scope()).isEqualTo(Scope.COMPETING);
    }

    @Test
    void aQueueMayBeJustAName() {
        InboundRoute route = inbound("{name: r, from: {queue: q}, to: {address: x}}");

        assertThat(route.queue()).isEqualTo(new QueueConfig("q", QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of()));
        assertThat(route.filters()).isEmpty();
    }

    @Test
    void anOutboundRouteHasSafeDefaults() {
        OutboundRoute route = outbound("{name: r, from: {address: a}, to: {key: k}}");

        assertThat(route)
                .isEqualTo(OutboundRoute.builder()
                        .name("r")
                        .exchange(BUSBAR)
                        .address("a")
                        .key(KeyTemplate.parse("k"))
                        .mandatory(true)
                        .persistent(true)
                        .reply(ReplyMode.CONFIRM)
                        .timeout(Duration.ofSeconds(30))
                        .inFlight(1000)
                        .buffer(new BufferConfig(10_000, 64 * 1024 * 1024, WhenFull.FAIL))
                        .build());
    }

    @Test
    void routesTakeTheCommonExchangeUnlessTheyNameOne() {
        BusbarConfig config = config("""
                routes:
                  - {name: a, from: {filter: a}, to: {address: x}}
                  - {name: b, from: {filter: b, exchange: amq.fanout}, to: {address: x}}
                exchange: {name: events, arguments: {a: 1}}
                """);

        assertThat(config.routes().get(0).exchange()).isEqualTo(config.exchange());
        assertThat(config.routes().get(1).exchange())
                .isEqualTo(new ExchangeConfig("amq.fanout", "fanout", true, Map.of()));
        assertThat(config.routes().get(1).exchange().isDeclared()).isFalse();
    }

    @Test
    void aSectionWithoutContentIsAsGoodAsNone() {
        assertThat(config("broker:\nroutes:\nweb:\n")).isEqualTo(config("{}"));
    }

    @Test
    void aVerticleIsConfiguredByTheSameSchema() {
        JsonObject json =
                new JsonObject().put("web", new JsonObject().put("port", 0)).put("exchange", "events");

        assertThat(ConfigLoader.fromJson(json)).isEqualTo(config("web: {port: 0}\nexchange: events"));
        assertThatThrownBy(() ->
                        ConfigLoader.fromJson(new JsonObject().put("wbe", 1).put("exchange", 5)))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContainingAll("wbe: is not a known key. Did you mean web?", "exchange: must be a section");
    }

    @Test
    void argumentsThatNoBrokerTakesAreRefusedFromMemoryToo() {
        JsonObject json = JsonObject.of("exchange", JsonObject.of("arguments", JsonObject.of("a", new Object())));

        assertThatThrownBy(() -> ConfigLoader.fromJson(json))
                .hasMessageContaining("exchange.arguments.a: cannot be an argument");
    }

    @Test
    void aBrokerThatNoRouteNamesIsWarnedOf() {
        String brokers = "brokers: {far: {uri: 'amqp://far'}}\n";

        assertThat(warnings(brokers)).singleElement().satisfies(it -> {
            assertThat(it.path()).isEqualTo("brokers.far");
            assertThat(it.message()).isEqualTo("is not used: no route names it");
        });
        assertThat(warnings(brokers + Loading.routes("{name: r, from: {address: x}, to: {broker: far, key: k}}")))
                .isEmpty();
    }

    /** A cluster needs one broker for all nodes, which the named one is. */
    @Test
    void anEmbeddedBrokerThatNothingUsesIsNoObstacleToACluster() {
        assertThat(Loading.config("cluster: {enabled: true}\nbrokers: {far: {uri: 'amqp://far'}}\n"
                                + Loading.routes("{name: r, from: {address: x}, to: {broker: far, key: k}}"))
                        .usesTopLevelBroker())
                .isFalse();
    }

    @Test
    void durableQueuesInMemoryAreWorthAWarning() {
        String routes = Loading.routes("{name: r, from: {queue: q}, to: {address: x}}");

        assertThat(warnings(routes)).singleElement().satisfies(it -> {
            assertThat(it.path()).isEqualTo("routes[0].from.queue.life");
            assertThat(it.line()).isEqualTo(2);
            assertThat(it.message()).contains("gone when this process ends");
            assertThat(it.remedy()).contains("broker.embedded.store");
        });
        assertThat(warnings("broker: {embedded: {store: data}}\n" + routes)).isEmpty();
        assertThat(warnings("broker: {uri: amqp://h}\n" + routes)).isEmpty();
    }

    @Test
    void aHeadersExchangeBoundWithoutArgumentsIsWorthAWarning() {
        String from = "{name: r, from: {filter: a.b, exchange: {name: h, type: headers}%s}, to: {address: x}}";
        assertThat(warnings(Loading.routes(String.format(from, ""))))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0].from.filter");
                    assertThat(it.message()).contains("the route gets every message");
                    assertThat(it.remedy()).contains("from.arguments");
                });
        assertThat(warnings(Loading.routes(String.format(from, ", arguments: {format: pdf}"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "timeout: 31m, 155",
                "\"timeout: 10m, onFailure: {attempts: 3, backoff: {initial: 1m, max: 1h}}\", 33",
                "\"timeout: 1s, onFailure: {attempts: 100, backoff: {initial: 10s, max: 20s}}\", 34",
            })
    void whatRabbitMqTakesBackMeanwhileIsWorthAWarning(String settings, String minutes) {
        String routes = Loading.routes("{name: r, from: {queue: q}, to: {address: x}, " + settings + "}");

        assertThat(warnings("broker: {uri: amqp://h}\n" + routes))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.path()).isEqualTo("routes[0].timeout");
                    assertThat(it.message()).contains("up to " + minutes + " minutes");
                    assertThat(it.remedy()).contains("consumer_timeout");
                });
        assertThat(warnings("broker: {uri: amqp10://h, dialect: artemis}\n" + routes))
                .isEmpty();
        assertThat(warnings("broker: {uri: amqp://h}\n" + routes.replace("queue: q", "queue: {name: q, type: stream}")))
                .isEmpty();
    }

    @Test
    void whatIsInHandForHalfAnHourIsWorthNoWarning() {
        assertThat(
                        warnings(
                                "broker: {uri: amqp://h}\n"
                                        + Loading.routes(
                                                "{name: r, from: {queue: q}, to: {address: x}, timeout: 30m, onFailure: {attempts: 1}}")))
                .isEmpty();
    }

    @Test
    void settingsWithoutEffectAreWorthAWarning() {
        assertThat(warnings("""
                        broker: {tls: {verifyHost: false}, maxMessageSize: 2KiB}
                        routes:
                          - {name: a, from: {filter: a, queue: {arguments: {x-max-length: 1}}}, to: {address: x}}
                          - {name: b, from: {address: y}, to: {key: k}, buffer: {bytes: 1KiB}}
                        """))
                .extracting(Problem::path)
                .containsExactly("broker.tls", "routes[0].from.queue.arguments.x-max-length", "routes[1].buffer.bytes");
    }

    @Test
    void missingCertificatesAreWorthAWarningWhereTheFileIs(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("b.yaml"), "broker: {uri: amqps://h, tls: {trust: " + folder.resolve("ca.pem") + "}}");

        LoadedConfig.Valid loaded = (LoadedConfig.Valid) ConfigLoader.load(file);

        assertThat(loaded.warnings())
                .singleElement()
                .satisfies(it -> assertThat(it.toString()).contains("broker.tls.trust", "ca.pem"));
    }
}
