package dev.busbar.config;

import java.time.Duration;
import java.util.List;

/** The broker and how to reach it. */
@ConfigSection(title = "Broker")
public record BrokerConfig(
        @ConfigKey(
                name = "uri",
                byDefault = "embedded",
                doc = "The address of the broker. Each URI of a list is tried in turn, and each address of a"
                        + " host. Percent-encode user, password and virtual host; no path means the virtual host `/`.")
        List<BrokerUri> uris,

        @ConfigKey(
                byDefault = "auto",
                doc = "Only for `amqp10` and `amqp10s`: the kind of broker, which decides how exchanges, queues"
                        + " and bindings are declared and addressed. `auto`: the kind that the broker names when the"
                        + " connection opens; `rabbitmq`: RabbitMQ 3 with the plugin `rabbitmq_amqp1_0`; `plain`:"
                        + " any other, whose queues and topics are used by their addresses, and where nothing is"
                        + " declared: see [Brokers](brokers.md#any-amqp-10-peer).")
        BrokerDialect dialect,

        @ConfigKey(doc = "The broker inside this process.") EmbeddedConfig embedded,
        @ConfigKey(doc = "TLS towards the broker.") TlsConfig tls,

        @ConfigKey(
                byDefault = "plain",
                doc = "How Busbar authenticates to the broker. `plain`: by user and password; `external`: by"
                        + " the client certificate; `anonymous`: not at all, in AMQP 1.0 only.")
        SaslMechanism sasl,

        @ConfigKey(
                range = "0s to 65535s",
                byDefault = "30s",
                doc = "The interval of heartbeats, in whole seconds; `0s` for none. Busbar closes a connection"
                        + " that has been silent for twice as long. If the broker was only slow, it may still take"
                        + " messages from the old connection, among those that Busbar sends again.")
        Duration heartbeat,

        @ConfigKey(range = "1ms to 24h", byDefault = "10s", doc = "How long one attempt at one address may take.")
        Duration connectTimeout,

        @ConfigKey(
                range = "1ms to 24h",
                byDefault = "30s",
                doc = "How long Busbar waits for the first connection when it starts.")
        Duration startTimeout,

        @ConfigKey(doc = "The pauses between attempts to connect.")
        ReconnectConfig reconnect,

        @ConfigKey(
                name = "maxMessageSize",
                range = "1B to 2147483647B",
                byDefault = "64MiB",
                doc = "The longest body of a message, also after decompression. Longer ones are refused in both"
                        + " directions, as requests and as replies.")
        long maxMessageBytes) {

    public BrokerConfig {
        uris = List.copyOf(uris);
        RecordSection.check(
                BrokerConfig.class,
                uris,
                dialect,
                embedded,
                tls,
                sasl,
                heartbeat,
                connectTimeout,
                startTimeout,
                reconnect,
                maxMessageBytes);
        boolean amqp10 = uris.stream().anyMatch(BrokerUri::isAmqp10);
        boolean external = sasl == SaslMechanism.EXTERNAL;
        new Findings()
                .unless(!uris.isEmpty(), "uri", null, "names no broker", "Name at least one, e.g. amqp://localhost")
                .unless(
                        uris.size() < 2 || uris.stream().noneMatch(BrokerUri::isEmbedded),
                        "uri",
                        uris,
                        "has embedded beside other brokers",
                        "Keep either embedded or the others")
                .unless(
                        uris.stream().map(BrokerUri::isAmqp10).distinct().count() < 2,
                        "uri",
                        uris,
                        "mixes AMQP 0-9-1 and 1.0",
                        "Use one of amqp and amqps, or one of amqp10 and amqp10s, for all of them")
                .unless(
                        dialect == BrokerDialect.AUTO || amqp10,
                        "dialect",
                        Types.kebab(dialect),
                        "says how to use AMQP 1.0, but no uri is of that protocol",
                        "Remove it, or use amqp10 or amqp10s in broker.uri",
                        "uri")
                .unless(
                        heartbeat.toMillis() % 1000 == 0,
                        "heartbeat",
                        Durations.format(heartbeat),
                        "is not in whole seconds, which is what AMQP agrees on",
                        "Write e.g. 30s, or 0s for none")
                .unless(
                        !external || uris.stream().allMatch(BrokerUri::isTls),
                        "sasl",
                        "external",
                        "needs TLS, but not every uri has it",
                        "Use amqps or amqp10s in broker.uri, or sasl: plain",
                        "uri")
                .unless(
                        !external || tls.certificate() != null,
                        "sasl",
                        "external",
                        "needs a client certificate",
                        "Set broker.tls.certificate and broker.tls.key, or sasl: plain",
                        "tls.certificate")
                .unless(
                        sasl != SaslMechanism.ANONYMOUS || amqp10,
                        "sasl",
                        "anonymous",
                        "is for AMQP 1.0 only, but no uri is of that protocol",
                        "Use amqp10 or amqp10s in broker.uri, or sasl: plain",
                        "uri")
                .raise();
    }

    /** Begins with the default of every key. */
    public static BrokerConfigBuilder builder() {
        return new BrokerConfigBuilder(null);
    }

    /** Begins with the values of this one, to change some. */
    public BrokerConfigBuilder toBuilder() {
        return new BrokerConfigBuilder(this);
    }

    /** Whether Busbar runs the broker itself. */
    public boolean isEmbedded() {
        return uris.get(0).isEmbedded();
    }

    /**
     * The same, elsewhere: for a broker whose place is known only once it runs. Where that is not AMQP 1.0, the dialect
     * means nothing.
     */
    public BrokerConfig at(List<BrokerUri> places) {
        boolean amqp10 = places.stream().anyMatch(BrokerUri::isAmqp10);
        return toBuilder()
                .uris(places)
                .dialect(amqp10 ? dialect : BrokerDialect.AUTO)
                .build();
    }
}
