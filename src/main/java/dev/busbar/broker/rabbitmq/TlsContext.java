package dev.busbar.broker.rabbitmq;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.rabbitmq.RabbitMQOptions;

/**
 * Makes Netty's TLS context from Vert.x's options. Reads key and trust stores, so it runs on a worker thread; reads
 * them anew each time, because the options keep what they have read and copies of them do not.
 */
final class TlsContext {

    /** The {@code hostnameVerificationAlgorithm} that accepts a certificate of any name. */
    static final String NO_HOST_VERIFICATION = "NONE";

    private TlsContext() {}

    static SslContext create(Vertx vertx, RabbitMQOptions options) throws Exception {
        var tls = options.getSslOptions() == null ? new ClientSSLOptions() : options.getSslOptions();
        var builder = SslContextBuilder.forClient();
        if (tls.getKeyCertOptions() != null) {
            builder.keyManager(tls.getKeyCertOptions().copy().getKeyManagerFactory(vertx));
        }
        if (tls.isTrustAll()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (tls.getTrustOptions() != null) {
            builder.trustManager(tls.getTrustOptions().copy().getTrustManagerFactory(vertx));
        }
        if (tls.getEnabledSecureTransportProtocols() != null
                && !tls.getEnabledSecureTransportProtocols().isEmpty()) {
            builder.protocols(tls.getEnabledSecureTransportProtocols());
        }
        if (tls.getEnabledCipherSuites() != null
                && !tls.getEnabledCipherSuites().isEmpty()) {
            builder.ciphers(tls.getEnabledCipherSuites());
        }
        return builder.endpointIdentificationAlgorithm(verification(options, tls))
                .build();
    }

    private static String verification(RabbitMQOptions options, ClientSSLOptions tls) {
        var algorithm = options.getHostnameVerificationAlgorithm();
        if (tls.isTrustAll() || NO_HOST_VERIFICATION.equalsIgnoreCase(algorithm)) {
            return null;
        }
        return algorithm == null || algorithm.isEmpty() ? "HTTPS" : algorithm;
    }
}
