package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Causes;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import io.vertx.proton.sasl.MechanismMismatchException;
import io.vertx.proton.sasl.SaslSystemException;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.security.sasl.SaslException;

/** Translates each way in which a connection can fail to open into words that say what is wrong and what to do. */
final class HandshakeErrors {

    private HandshakeErrors() {}

    /** Returns the failure to report; a {@link BrokerException} among the causes is returned as it is. */
    static BrokerException translate(Throwable failure, BrokerUri uri, BrokerConfig config, Amqp10Greeting greeting) {
        var hostAndPort = uri.hostAndPort();
        var known = Causes.find(failure, BrokerException.class);
        if (known != null) {
            return known;
        }
        if (greeting.foreign() != null) {
            return notAmqp10(hostAndPort, uri, greeting, failure);
        }
        if (failure instanceof MechanismMismatchException mismatch) {
            return new BrokerException(
                    Kind.AUTHENTICATION,
                    "the broker at " + hostAndPort + " does not offer the SASL mechanism asked for, "
                            + config.sasl() + ", but " + Arrays.toString(mismatch.getOfferedMechanisms())
                            + ": set broker.sasl to one that it offers",
                    failure);
        }
        if (failure instanceof SaslSystemException system && !system.isPermanent()) {
            return new BrokerException(
                    Kind.UNREACHABLE,
                    "the broker at " + hostAndPort
                            + " cannot authenticate anyone at present: is it starting, or unwell?",
                    failure);
        }
        if (failure instanceof SaslException) {
            return new BrokerException(
                    Kind.AUTHENTICATION,
                    "the broker at " + hostAndPort + " does not accept " + login(config, uri),
                    failure);
        }
        var tls = Causes.find(failure, SSLException.class);
        if (tls != null) {
            return tlsFailure(tls, uri, failure);
        }
        if (failure instanceof TimeoutException) {
            return new BrokerException(
                    Kind.UNREACHABLE,
                    hostAndPort + " accepts connections but did not answer in time: is it a broker, and is it well?",
                    failure);
        }
        return new BrokerException(
                Kind.UNREACHABLE,
                "cannot reach a broker at " + hostAndPort + " (" + Causes.rootMessage(failure)
                        + "): is it running, and is broker.uri right?",
                failure);
    }

    private static String login(BrokerConfig config, BrokerUri uri) {
        return switch (config.sasl()) {
            case PLAIN -> "user '" + uri.user() + "' with this password: check the user and password in broker.uri";
            case EXTERNAL ->
                "the login by this certificate: check broker.tls.certificate, and that the broker knows a user by its"
                        + " name";
            case ANONYMOUS -> "who does not say a name: set broker.sasl to plain, or permit it there";
        };
    }

    private static BrokerException notAmqp10(
            String hostAndPort, BrokerUri uri, Amqp10Greeting greeting, Throwable failure) {
        var older = uri.isTls() ? "amqps://" : "amqp://";
        return new BrokerException(
                Kind.NOT_A_BROKER,
                greeting.otherVersion()
                        ? hostAndPort + " does not speak AMQP 1.0, it answers with " + greeting.foreign()
                                + ": use " + older
                                + " in broker.uri, or enable AMQP 1.0 there (RabbitMQ 3: rabbitmq-plugins"
                                + " enable rabbitmq_amqp1_0)"
                        : hostAndPort + " does not speak AMQP, it says '" + greeting.foreign()
                                + "'. Is it the port of a broker? A TLS port is reached by amqp10s://",
                failure);
    }

    private static BrokerException tlsFailure(SSLException tls, BrokerUri uri, Throwable failure) {
        var text = Causes.rootMessage(tls);
        return text.contains("not an SSL/TLS record")
                ? notTls(uri, text, failure)
                : new BrokerException(
                        Kind.AUTHENTICATION,
                        noTlsWith(uri, text) + "check broker.tls: which authority to trust (trust), the host name in"
                                + " broker.uri against the broker's certificate, and whether the broker asks for a"
                                + " client certificate (certificate, key)",
                        failure);
    }

    /** Returns the failure for a TLS connection to a port without TLS. */
    static BrokerException notTls(BrokerUri uri, String reason, Throwable failure) {
        return new BrokerException(
                Kind.NOT_A_BROKER,
                noTlsWith(uri, reason) + "this is not a TLS port: use amqp10:// or the TLS port",
                failure);
    }

    private static String noTlsWith(BrokerUri uri, String reason) {
        return "no TLS with " + uri.hostAndPort() + " (" + reason + "): ";
    }
}
