package dev.busbar.broker.amqp10;

import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.TlsConfig;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;

/** The broker settings as those of a Vert.x socket. */
final class SocketOptions {

    private SocketOptions() {}

    static NetClientOptions of(BrokerConfig config, BrokerUri uri) {
        var options = plain(config);
        if (uri.isTls()) {
            applyTls(config.tls(), options.setSsl(true));
        }
        return options;
    }

    /** The same without TLS. */
    static NetClientOptions plain(BrokerConfig config) {
        return new NetClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setTcpNoDelay(true);
    }

    private static void applyTls(TlsConfig tls, NetClientOptions options) {
        if (tls.trust() != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(tls.trust()));
        }
        if (tls.certificate() != null) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions().addCertPath(tls.certificate()).addKeyPath(tls.key()));
        }
        options.setHostnameVerificationAlgorithm(tls.verifyHost() ? "HTTPS" : "");
    }
}
