package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * The broker and how to reach it.
 *
 * @param uris at least one, tried in turn; all of one protocol; {@code embedded} only alone
 * @param dialect {@code AUTO} unless the uris are of AMQP 1.0
 * @param sasl {@code EXTERNAL} only with TLS and a client certificate, {@code ANONYMOUS} only in AMQP 1.0
 * @param heartbeat whole seconds; zero for none
 * @param connectTimeout for one attempt at one URI
 * @param startTimeout how long a start waits for the first connection
 * @param maxMessageBytes a body longer than this is refused in both directions, also after decompression
 */
public record BrokerConfig(
        List<BrokerUri> uris,
        BrokerDialect dialect,
        EmbeddedConfig embedded,
        TlsConfig tls,
        SaslMechanism sasl,
        Duration heartbeat,
        Duration connectTimeout,
        Duration startTimeout,
        Backoff reconnect,
        long maxMessageBytes) {

    public BrokerConfig {
        uris = List.copyOf(uris);
        requireNonNull(dialect, "dialect");
        requireNonNull(embedded, "embedded");
        requireNonNull(tls, "tls");
        requireNonNull(sasl, "sasl");
        requireNonNull(reconnect, "reconnect");
        BrokerSection.HEARTBEAT.check(heartbeat);
        BrokerSection.CONNECT_TIMEOUT.check(connectTimeout);
        BrokerSection.START_TIMEOUT.check(startTimeout);
        BrokerSection.MAX_MESSAGE_SIZE.check(maxMessageBytes);
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
        return new BrokerConfig(
                places,
                amqp10 ? dialect : BrokerDialect.AUTO,
                embedded,
                tls,
                sasl,
                heartbeat,
                connectTimeout,
                startTimeout,
                reconnect,
                maxMessageBytes);
    }
}
