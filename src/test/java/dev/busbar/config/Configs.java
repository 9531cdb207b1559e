package dev.busbar.config;

import dev.busbar.topic.BodyPointer;
import dev.busbar.topic.KeyTemplate;
import dev.busbar.topic.TextTemplate;
import dev.busbar.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Configurations of all kinds. Routes differ in name, address and queue, so that they do not contradict each other. */
class Configs extends DomainContextBase {

    @Provide
    Arbitrary<BusbarConfig> config() {
        return Combinators.combine(
                        broker(),
                        exchange("shared"),
                        Arbitraries.integers().between(0, 4).flatMap(this::routes),
                        subscriptions(),
                        Arbitraries.of(DatetimeStyle.values()),
                        Combinators.combine(ports().flatMap(Webs::at), wamp()).as(Served::new),
                        Arbitraries.of(true, false),
                        cluster())
                .as((broker, exchange, routes, subscriptions, datetimes, served, managed, cluster) -> new BusbarConfig(
                        broker,
                        Map.of(
                                "beside",
                                broker.isEmbedded() ? broker.at(List.of(BrokerUri.parse("amqp10://beside"))) : broker),
                        exchange,
                        routes,
                        subscriptions,
                        datetimes,
                        served.web(),
                        served.wamp(),
                        management(managed, served.web().port() + 1),
                        cluster));
    }

    private record Served(WebConfig web, WampConfig wamp) {}

    /** Not switched on: it would need a role of those there are. */
    private static Arbitrary<WampConfig> wamp() {
        return Combinators.combine(
                        Arbitraries.of("a:realm", "${A}").list().ofMinSize(1).ofMaxSize(2),
                        Arbitraries.of("", "org.buildbot.mq.", "a-b."),
                        Arbitraries.of("any one").injectNull(0.5),
                        Arbitraries.maps(
                                Arbitraries.of("alice", "bob"), secret().map(it -> new WampUser(it, "any one"))),
                        Arbitraries.integers().between(1, 1000))
                .as((realms, prefix, anonymous, users, n) -> new WampConfig(
                        false,
                        realms,
                        prefix,
                        anonymous,
                        users,
                        new ParkingConfig(
                                List.of(TopicFilter.parse("a.*")),
                                n % 2 == 0,
                                n,
                                1024 + n,
                                Duration.ofSeconds(n),
                                n % 3 == 0 ? Map.of() : Map.of("x-a", n)),
                        new WampLimits(n, n, n, 1024 + n, 2048 + n, Duration.ofMillis(n), Duration.ofSeconds(n))));
    }

    private static Arbitrary<SubscriptionsConfig> subscriptions() {
        return Combinators.combine(
                        duration(0, 86_400_000),
                        Arbitraries.integers().between(2, 65_535),
                        Arbitraries.longs().between(2, 1L << 40),
                        duration(1, 3_600_000),
                        backoff())
                .as((grace, count, bytes, time, backoff) -> new SubscriptionsConfig(
                        grace,
                        count,
                        new HandOverConfig(count, bytes, time),
                        new ReplayConfig(count - 2, bytes, List.of(TopicFilter.parse("a.*.#"), TopicFilter.parse("b"))),
                        new ConsumersConfig(count, bytes),
                        new PersistentConfig(
                                count, new FailurePolicy(3, backoff, RetryWait.MEMORY, FailureAction.PARK)),
                        new ProducingConfig(count, bytes, count, time),
                        new ControlConfig(count % 2 == 0, count, time)));
    }

    /** Not switched on: the routes are not made for it. */
    private static Arbitrary<ClusterConfig> cluster() {
        Arbitrary<ClusterManagerChoice> manager =
                Arbitraries.of(ClusterManagerChoice.values()).injectNull(0.3);
        Arbitrary<ClusterBusConfig> bus = Combinators.combine(
                        ports(),
                        ports().injectNull(0.5),
                        Arbitraries.of("::1", "bus").injectNull(0.5))
                .as((port, publicPort, host) -> new ClusterBusConfig("127.0.0.1", port, host, publicPort));
        return Combinators.combine(manager, ports(), ports().injectNull(0.5), bus, Arbitraries.of(true, false))
                .as((choice, port, other, eventBus, own) -> own
                        ? Made.a(ClusterConfig.class)
                                .with("enabled", false)
                                .with("manager", choice)
                                .with("node", "n" + port)
                                .with("name", "c")
                                .with("host", "::1")
                                .with("port", port)
                                .with("publicHost", "::1")
                                .with("members", List.of(new MemberAddress("::1", other)))
                                .with("eventBus", eventBus)
                                .get()
                        : Made.a(ClusterConfig.class)
                                .with("enabled", false)
                                .with("manager", choice)
                                .with("members", List.of())
                                .with("file", "my.xml")
                                .with("eventBus", eventBus)
                                .get());
    }

    private static ManagementConfig management(boolean enabled, int port) {
        return new ManagementConfig(
                enabled, "::1", port, List.of("busbar", "a.b"), false, 10 + port, Duration.ofSeconds(1 + port % 100));
    }

    private static Arbitrary<Integer> ports() {
        return Arbitraries.integers().between(6000, 65534);
    }

    /** Anything a person may put in quotes, and what the loader treats specially. */
    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(20),
                Arbitraries.strings()
                        .withChars("${}:-A\\\"'*#é€")
                        .ofMinLength(1)
                        .ofMaxLength(20),
                Arbitraries.of("true", "12", "null", "~", "😀", "${A:-b}", "$${A}", "- a", "a: b", "30s"));
    }

    private static Arbitrary<Duration> duration(long min, long max) {
        return Arbitraries.longs().between(min, max).map(Duration::ofMillis);
    }

    private static Arbitrary<Backoff> backoff() {
        return Combinators.combine(duration(1, 1000), duration(1000, 86_400_000))
                .as(Backoff::new);
    }

    private static Arbitrary<Secret> secret() {
        return text().map(Secret::new);
    }

    private static Arbitrary<BrokerConfig> broker() {
        Arbitrary<List<BrokerUri>> uris =
                Arbitraries.oneOf(Arbitraries.just(List.of(BrokerUri.EMBEDDED)), uris("amqp", "amqps"), uris("amqp10"));
        Arbitrary<EmbeddedConfig> embedded = Combinators.combine(text(), text(), secret())
                .as((store, user, password) -> new EmbeddedConfig("127.0.0.1", 5000, store, user, password));
        Arbitrary<TlsConfig> tls = Combinators.combine(
                        text().injectNull(0.5), text().injectNull(0.5), Arbitraries.of(true, false))
                .as((trust, certificate, verify) ->
                        new TlsConfig(trust, certificate, certificate == null ? null : "key.pem", verify));
        return Combinators.combine(
                        uris,
                        embedded,
                        tls,
                        Arbitraries.integers().between(0, 65535),
                        duration(1, 86_400_000),
                        backoff(),
                        // Routes are not made for the plain one.
                        Arbitraries.of(BrokerDialect.values()).filter(it -> it != BrokerDialect.PLAIN),
                        Arbitraries.of(SaslMechanism.PLAIN, SaslMechanism.ANONYMOUS))
                .as((them, inside, secured, heartbeat, timeout, reconnect, dialect, sasl) -> BrokerConfig.builder()
                        .uris(them)
                        .dialect(them.get(0).isAmqp10() ? dialect : BrokerDialect.AUTO)
                        .embedded(inside)
                        .tls(secured)
                        .sasl(them.get(0).isAmqp10() ? sasl : SaslMechanism.PLAIN)
                        .heartbeat(Duration.ofSeconds(heartbeat))
                        .connectTimeout(timeout)
                        .startTimeout(timeout)
                        .reconnect(new ReconnectConfig(reconnect.initial(), reconnect.max()))
                        .maxMessageBytes(1 + heartbeat * 1024L)
                        .build());
    }

    private static Arbitrary<List<BrokerUri>> uris(String... schemes) {
        return Combinators.combine(
                        Arbitraries.of(schemes),
                        Arbitraries.of("localhost", "my_host", "::1", "10.0.0.1"),
                        Arbitraries.integers().between(1, 65535),
                        text(),
                        secret(),
                        text())
                .as(BrokerUri::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static Arbitrary<ExchangeConfig> exchange(String name) {
        return Combinators.combine(
                        Arbitraries.of("topic", "fanout", "headers", "x-random"),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(Declaration.values()),
                        arguments())
                .as((type, durable, autoDelete, internal, declare, arguments) -> new ExchangeConfig(
                        name, type, durable, autoDelete, internal && name.startsWith("in"), declare, arguments));
    }

    private static Arbitrary<Map<String, Object>> arguments() {
        Arbitrary<Object> single = Arbitraries.oneOf(
                text().asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.integers().asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        Arbitrary<Object> nested = Arbitraries.oneOf(
                single,
                single.list().ofMaxSize(2).asGeneric(),
                Arbitraries.maps(text(), single).ofMaxSize(2).asGeneric());
        return Arbitraries.maps(text().map(it -> "x-" + it), nested).ofMaxSize(3);
    }

    private Arbitrary<List<RouteConfig>> routes(int count) {
        return Combinators.combine(java.util.stream.IntStream.range(0, count)
                        .mapToObj(i -> Arbitraries.oneOf(inbound(i).map(it -> (RouteConfig) it), outbound(i)))
                        .toList())
                .as(them -> them);
    }

    @SuppressWarnings("unchecked") // what the setter before has put there
    private static Arbitrary<InboundRoute> inbound(int number) {
        Arbitrary<QueueConfig> queue = Combinators.combine(Arbitraries.of(QueueLife.values()), arguments())
                .as((life, arguments) -> new QueueConfig(
                        life == QueueLife.TRANSIENT ? null : "queue " + number, life, QueueType.CLASSIC, arguments));
        Arbitrary<QueueConfig> flagged = Combinators.combine(
                        Arbitraries.of(QueueLife.values()), Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as((life, durable, exclusive) -> {
                    boolean brief = life == QueueLife.TRANSIENT;
                    return new QueueConfig(
                            "queue " + number,
                            life,
                            QueueType.CLASSIC,
                            durable && !(brief && exclusive),
                            brief && (durable || !exclusive),
                            brief && exclusive,
                            Declaration.TRUE,
                            Map.of());
                });
        Arbitrary<QueueConfig> ofOthers = Combinators.combine(
                        Arbitraries.of(Declaration.values()).injectNull(0.3), arguments())
                .as((declare, arguments) ->
                        new QueueConfig("queue " + number, null, QueueType.CLASSIC, declare, arguments));
        return Builders.withBuilder(() -> new Object[7])
                .use(exchange("in-" + number))
                .inSetter((it, value) -> it[0] = value)
                .use(Arbitraries.oneOf(queue, ofOthers, flagged))
                .inSetter((it, value) -> it[1] = value)
                .use(text())
                .inSetter((it, value) -> it[2] = value)
                .use(Arbitraries.of(DeliveryMode.values()))
                .inSetter((it, value) -> it[3] = value)
                .use(Arbitraries.of(Scope.PER_NODE, Scope.SINGLETON))
                .inSetter((it, value) -> it[4] = value)
                .use(backoff())
                .inSetter((it, value) -> it[5] = value)
                .use(arguments())
                .inSetter((it, value) -> it[6] = value)
                .build(it -> InboundRoute.builder()
                        .name("in-" + number)
                        .broker(number % 2 == 0 ? "beside" : null)
                        .exchange((ExchangeConfig) it[0])
                        .filters(
                                ((QueueConfig) it[1]).isOfOthers()
                                        ? List.of()
                                        : List.of(TopicFilter.parse("a.*.#"), TopicFilter.parse("b")))
                        .bindingArguments(((QueueConfig) it[1]).isOfOthers() ? Map.of() : ((Map<String, Object>) it[6]))
                        .queue((QueueConfig) it[1])
                        .consumer(new ConsumerConfig(
                                number % 2 == 0 ? null : "tag " + number,
                                number - 1,
                                number % 3 == 0,
                                Map.of("x-c", 1)))
                        .address("in " + it[2])
                        .body(number % 2 == 0 ? BodyMode.TEXT : null)
                        .where(
                                number % 2 == 0
                                        ? List.of()
                                        : List.of(
                                                Made.a(ConditionConfig.class)
                                                        .with("header", "amqp-type")
                                                        .with("oneOf", List.of("a", "", "5", "true"))
                                                        .get(),
                                                Made.a(ConditionConfig.class)
                                                        .with("pointer", BodyPointer.parse("/a/0"))
                                                        .with("exists", false)
                                                        .get()))
                        .otherwise(number % 2 == 0 ? null : Otherwise.ACCEPT)
                        .removeHeaders(List.of("x-a"))
                        .renameHeaders(Map.of("x-b", "b"))
                        .headers(Map.of("c", HeaderValue.of("{x-c}"), "d", HeaderValue.of(number)))
                        .contentType(number % 3 == 0 ? null : "application/x+json; charset=utf-8")
                        .delivery((DeliveryMode) it[3])
                        .scope(((QueueConfig) it[1]).isOfOthers() ? Scope.PER_NODE : (Scope) it[4])
                        .prefetch(1 + number)
                        .prefetchBytes(1 + number)
                        .timeout(((Backoff) it[5]).initial())
                        .onFailure(new FailurePolicy(
                                1 + number, (Backoff) it[5], RetryWait.MEMORY, FailureAction.values()[number % 3]))
                        .duplicateWindow(number)
                        .build());
    }

    private static Arbitrary<RouteConfig> outbound(int number) {
        Arbitrary<OutboundRouteBuilder> route = Combinators.combine(
                        exchange("out-" + number),
                        text(),
                        Arbitraries.of("a.{id}.b", "", "x{a}y.{b}"),
                        Arbitraries.of(true, false),
                        Arbitraries.of(ReplyMode.values()),
                        duration(1, 86_400_000),
                        Arbitraries.longs().between(1, 1L << 40),
                        Arbitraries.of(WhenFull.values()))
                .as((exchange, address, key, flag, reply, timeout, bytes, whenFull) -> OutboundRoute.builder()
                        .name("out-" + number)
                        .exchange(exchange)
                        .address("out " + address)
                        .key(KeyTemplate.parse(key))
                        .mandatory(flag)
                        .persistent(!flag)
                        .reply(reply)
                        .timeout(timeout)
                        .inFlight(1 + number)
                        .buffer(new BufferConfig(1 + number, bytes, whenFull)));
        return Combinators.combine(
                        route,
                        Arbitraries.maps(Arbitraries.of("x-a", "b c", "é", "id"), headerValue())
                                .ofMaxSize(3),
                        template(),
                        Arbitraries.of("0", "255", "", "{prio}"),
                        exchange("one-" + number),
                        Arbitraries.of(true, false),
                        Arbitraries.of(BodyMode.values()).injectNull(0.3))
                .as((builder, headers, template, priority, target, perMessage, body) -> (perMessage
                                ? builder.exchange(Made.a(ExchangeConfig.class)
                                                .with("name", "{x-exchange}")
                                                .get())
                                        .exchanges(List.of(target))
                                : builder)
                        .body((headers + " " + template).contains("{/") ? null : body)
                        .headers(headers)
                        .properties(Made.a(PropertiesConfig.class)
                                .with("type", template)
                                .with("appId", template)
                                .with("priority", TextTemplate.parse(priority))
                                .get())
                        .build());
    }

    private static Arbitrary<HeaderValue> headerValue() {
        return Arbitraries.oneOf(
                        template().map(TextTemplate::toString),
                        Arbitraries.of(true, false, 0, -1, 1L << 40, 0.5),
                        Arbitraries.of("5", "true"))
                .map(HeaderValue::of);
    }

    private static Arbitrary<TextTemplate> template() {
        return Arbitraries.of("", "shop", "{id}", "a {x-b}, {/c/0} d", "{/a~1b}.é")
                .map(TextTemplate::parse);
    }
}
