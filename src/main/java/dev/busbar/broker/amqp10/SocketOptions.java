package dev.busbar.broker.amqp10;

import dev.busbar.broker.RenewedTls;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import io.vertx.core.net.NetClientOptions;

/** The broker settings as those of a Vert.x socket. */
final class SocketOptions {

    private SocketOptions() {}

    static NetClientOptions of(BrokerConfig config, BrokerUri uri, RenewedTls files) {
        var options = plain(config);
        if (uri.isTls()) {
            options.setSsl(true)
                    .setTrustOptions(files.trust())
                    .setKeyCertOptions(files.keyCert())
                    .setHostnameVerificationAlgorithm(config.tls().verifyHost() ? "HTTPS" : "");
        }
        return options;
    }

    /** The same without TLS. */
    static NetClientOptions plain(BrokerConfig config) {
        return new NetClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setTcpNoDelay(true);
    }
}
