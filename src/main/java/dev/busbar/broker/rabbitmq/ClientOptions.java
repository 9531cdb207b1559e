package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.DefaultSaslConfig;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.RenewedTls;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.SaslMechanism;
import io.vertx.core.Vertx;
import io.vertx.rabbitmq.RabbitMQOptions;

/** Translates the bridge's broker settings into options of the client. */
final class ClientOptions {

    private ClientOptions() {}

    /**
     * Returns the options of a client.
     *
     * @param name of the connection, as the broker shows it
     * @throws BrokerException if the URIs differ in more than host and port
     */
    static RabbitMQOptions of(Vertx vertx, BrokerConfig config, String name) {
        var first = config.uris().get(0);
        for (var uri : config.uris()) {
            requireSameAccess(first, uri);
        }
        var options = new RabbitMQOptions();
        options.setAddresses(config.uris().stream()
                .map(uri -> new Address(uri.host(), uri.port()))
                .toList());
        options.setUser(first.user());
        options.setPassword(first.password().reveal());
        options.setVirtualHost(first.virtualHost());
        options.setConnectionName(name);
        options.setConnectionTimeout((int) config.connectTimeout().toMillis());
        options.setHandshakeTimeout((int) config.connectTimeout().toMillis());
        options.setRequestedHeartbeat((int) config.heartbeat().toSeconds());
        options.setSaslConfig(
                config.sasl() == SaslMechanism.EXTERNAL ? DefaultSaslConfig.EXTERNAL : DefaultSaslConfig.PLAIN);
        if (first.isTls()) {
            options.setSsl(true);
            var files = new RenewedTls(vertx, config.tls());
            options.setTrustOptions(files.trust());
            options.setKeyCertOptions(files.keyCert());
            if (!config.tls().verifyHost()) {
                options.setHostnameVerificationAlgorithm(TlsContext.NO_HOST_VERIFICATION);
            }
        }
        return options;
    }

    private static void requireSameAccess(BrokerUri first, BrokerUri other) {
        var same = first.scheme().equals(other.scheme())
                && first.user().equals(other.user())
                && first.password().reveal().equals(other.password().reveal())
                && first.virtualHost().equals(other.virtualHost());
        if (!same) {
            throw new BrokerException(
                    BrokerException.Kind.REFUSED,
                    "broker.uri: " + first + " and " + other
                            + " differ in more than host and port: the hosts of one broker share scheme, user, password and"
                            + " virtual host");
        }
    }
}
