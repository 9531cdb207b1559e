package dev.busbar.config;

import java.time.Duration;
import java.util.List;

final class BrokerSection {

    private static final Type<Duration> WAIT = Durations.between(Duration.ofMillis(1), Duration.ofHours(24));

    private static final Type<BrokerUri> URI = new Scalar<>(
            "`embedded`, or a URI `amqp://user:password@host:port/vhost`: `amqp` is AMQP 0-9-1, `amqp10` is AMQP 1.0,"
                    + " `amqps` and `amqp10s` are the same over TLS",
            "embedded or a URI",
            "amqp://localhost",
            raw -> raw instanceof String text ? BrokerUri.parse(text) : null,
            it -> {},
            BrokerUri::reveal,
            BrokerUriSyntax::redact);

    static final Key<List<BrokerUri>> URIS = Key.of(
            "uri",
            new ListOf<>(URI, true),
            List.of(BrokerUri.EMBEDDED),
            "Where the broker is; of a list, each is tried in turn, and of a host all its addresses. Percent-encode user,"
                    + " password and virtual host; no path means the virtual host `/`.");
    static final Key<BrokerDialect> DIALECT = Key.of(
            "dialect",
            Types.choice(BrokerDialect.class),
            BrokerDialect.AUTO,
            "Only for `amqp10` and `amqp10s`: the kind of broker, which decides how exchanges, queues and bindings are"
                    + " declared and addressed. `auto`: as it says of itself; `rabbitmq` is RabbitMQ 3 with the plugin"
                    + " `rabbitmq_amqp1_0`.");
    static final Key<EmbeddedConfig> EMBEDDED =
            Key.of("embedded", EmbeddedSection.TYPE, EmbeddedSection.DEFAULT, "The broker inside this process.");
    static final Key<TlsConfig> TLS = Key.of("tls", TlsSection.TYPE, TlsSection.DEFAULT, "TLS towards the broker.");
    static final Key<SaslMechanism> SASL = Key.of(
            "sasl",
            Types.choice(SaslMechanism.class),
            SaslMechanism.PLAIN,
            "`plain`: by user and password; `external`: by the client certificate; `anonymous`, in AMQP 1.0: not at"
                    + " all.");
    static final Key<Duration> HEARTBEAT = Key.of(
            "heartbeat",
            Durations.between(Duration.ZERO, Duration.ofSeconds(65535)),
            Duration.ofSeconds(30),
            "In whole seconds. A connection silent for twice as long is given up; `0s` for none. A broker that was only"
                    + " slow may still take in what it has over the old connection, among what is sent again.");
    static final Key<Duration> CONNECT_TIMEOUT =
            Key.of("connectTimeout", WAIT, Duration.ofSeconds(10), "How long one attempt at one address may take.");
    static final Key<Duration> START_TIMEOUT =
            Key.of("startTimeout", WAIT, Duration.ofSeconds(30), "How long a start waits for the first connection.");
    static final Key<Backoff> RECONNECT = Key.of(
            "reconnect", ReconnectSection.TYPE, ReconnectSection.DEFAULT, "The pauses between attempts to connect.");
    static final Key<Long> MAX_MESSAGE_SIZE = Key.of(
            "maxMessageSize",
            Sizes.between(1, Integer.MAX_VALUE),
            64L << 20,
            "A longer body is refused, in both directions, as a request and as its answer, and also after"
                    + " decompression.");

    static final Section<BrokerConfig> TYPE = new Section<>(
            "Broker",
            "",
            List.of(
                    URIS.from(BrokerConfig::uris),
                    DIALECT.from(BrokerConfig::dialect),
                    EMBEDDED.from(BrokerConfig::embedded),
                    TLS.from(BrokerConfig::tls),
                    SASL.from(BrokerConfig::sasl),
                    HEARTBEAT.from(BrokerConfig::heartbeat),
                    CONNECT_TIMEOUT.from(BrokerConfig::connectTimeout),
                    START_TIMEOUT.from(BrokerConfig::startTimeout),
                    RECONNECT.from(BrokerConfig::reconnect),
                    MAX_MESSAGE_SIZE.from(BrokerConfig::maxMessageBytes)),
            BrokerSection::build);

    static final BrokerConfig DEFAULT = new BrokerConfig(
            URIS.fallback(),
            DIALECT.fallback(),
            EmbeddedSection.DEFAULT,
            TlsSection.DEFAULT,
            SASL.fallback(),
            HEARTBEAT.fallback(),
            CONNECT_TIMEOUT.fallback(),
            START_TIMEOUT.fallback(),
            ReconnectSection.DEFAULT,
            MAX_MESSAGE_SIZE.fallback());

    private BrokerSection() {}

    private static BrokerConfig build(Section.Values it) {
        return new BrokerConfig(
                it.get(URIS),
                it.get(DIALECT),
                it.get(EMBEDDED),
                it.get(TLS),
                it.get(SASL),
                it.get(HEARTBEAT),
                it.get(CONNECT_TIMEOUT),
                it.get(START_TIMEOUT),
                it.get(RECONNECT),
                it.get(MAX_MESSAGE_SIZE));
    }
}
