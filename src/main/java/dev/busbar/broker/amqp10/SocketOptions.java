package dev.busbar.broker.amqp10;

import dev.busbar.broker.RenewedTls;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import io.vertx.core.net.NetClientOptions;

/** Makes the options of a Vert.x socket from the broker settings. */
final class SocketOptions {

    private SocketOptions() {}

    static NetClientOptions of(BrokerConfig config, BrokerUri uri, RenewedTls tls) {
        var options = plain(config);
        if (uri.isTls()) {
            options.setSsl(true)
                    .setTrustOptions(tls.trust())
                    .setKeyCertOptions(tls.keyCert())
                    .setHostnameVerificationAlgorithm(config.tls().verifyHost() ? "HTTPS" : "");
        }
        return options;
    }

    /** Makes the options without TLS. */
    static NetClientOptions plain(BrokerConfig config) {
        return new NetClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setTcpNoDelay(true);
    }
}
