package dev.busbar.config;

import java.time.Duration;
import java.util.List;

/** Builds how a broker is reached, key by key. What is not set has its default. */
public final class BrokerConfigBuilder extends RecordBuilder<BrokerConfig, BrokerConfigBuilder> {

    BrokerConfigBuilder(BrokerConfig like) {
        super(BrokerConfig.class, like);
    }

    public BrokerConfigBuilder uris(List<BrokerUri> uris) {
        return set("uris", uris);
    }

    public BrokerConfigBuilder dialect(BrokerDialect dialect) {
        return set("dialect", dialect);
    }

    public BrokerConfigBuilder embedded(EmbeddedConfig embedded) {
        return set("embedded", embedded);
    }

    public BrokerConfigBuilder tls(TlsConfig tls) {
        return set("tls", tls);
    }

    public BrokerConfigBuilder sasl(SaslMechanism sasl) {
        return set("sasl", sasl);
    }

    public BrokerConfigBuilder heartbeat(Duration heartbeat) {
        return set("heartbeat", heartbeat);
    }

    public BrokerConfigBuilder connectTimeout(Duration connectTimeout) {
        return set("connectTimeout", connectTimeout);
    }

    public BrokerConfigBuilder startTimeout(Duration startTimeout) {
        return set("startTimeout", startTimeout);
    }

    public BrokerConfigBuilder reconnect(ReconnectConfig reconnect) {
        return set("reconnect", reconnect);
    }

    public BrokerConfigBuilder maxMessageBytes(long maxMessageBytes) {
        return set("maxMessageBytes", maxMessageBytes);
    }
}
