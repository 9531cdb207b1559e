package dev.busbar.config;

import java.time.Duration;
import java.util.List;

/**
 * The broker and how to reach it.
 *
 * @param uris at least one, tried in turn; all of one protocol
 * @param heartbeat whole seconds; zero for none
 * @param connectTimeout for one attempt at one URI
 * @param startTimeout how long a start waits for the first connection
 * @param maxMessageBytes a body longer than this is refused in both directions, also after decompression
 */
public record BrokerConfig(
        List<BrokerUri> uris,
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
    }
}
