package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DefaultSaslConfig;
import com.rabbitmq.client.MalformedFrameException;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Causes;
import io.netty.handler.codec.DecoderException;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Translates the failures of attempts to connect, in words for a person. */
final class ConnectErrors {

    private ConnectErrors() {}

    /**
     * Translates the failure of an attempt.
     *
     * @param place host and port
     * @param tried the settings of the attempt
     * @param foreign what a server that does not speak AMQP 0-9-1 said, or {@code null}
     * @param saysNo whether the broker would have said so if it did not accept the login
     */
    static BrokerException translate(
            Exception failure, String place, ConnectionFactory tried, String foreign, boolean saysNo) {
        if (foreign != null) {
            return notABroker(place, foreign, failure);
        }
        var close = close(failure);
        // The client suspects the password whenever the broker closes during the login, be it for a restart.
        if (close != null && RabbitErrors.mayPass(close.getReplyCode())) {
            return refused(close, place, tried, failure);
        }
        if (failure instanceof PossibleAuthenticationFailureException
                && !(failure instanceof AuthenticationFailureException)
                && close == null
                && saysNo) {
            return new BrokerException(
                    Kind.UNREACHABLE,
                    "the connection to " + place + " was lost during the login: is the broker, or the network, unwell?",
                    failure);
        }
        if (failure instanceof AuthenticationFailureException
                || failure instanceof PossibleAuthenticationFailureException) {
            return new BrokerException(
                    Kind.AUTHENTICATION, "the broker at " + place + " does not accept " + login(tried), failure);
        }
        if (close != null) {
            return refused(close, place, tried, failure);
        }
        var tls = Causes.find(failure, SSLException.class);
        if (tls != null) {
            return tls(tls, place, failure);
        }
        if (Causes.find(failure, MalformedFrameException.class) != null
                || Causes.find(failure, DecoderException.class) != null) {
            return notABroker(place, null, failure);
        }
        if (Causes.find(failure, TimeoutException.class) != null) {
            return new BrokerException(
                    Kind.UNREACHABLE,
                    place + " accepts connections but did not answer in time: is it a broker, and is it well?",
                    failure);
        }
        if (failure.getMessage() != null && failure.getMessage().startsWith("No compatible authentication mechanism")) {
            return new BrokerException(
                    Kind.AUTHENTICATION,
                    "the broker at " + place + " does not offer the SASL mechanism asked for, " + mechanism(tried)
                            + ": " + failure.getMessage() + ": set broker.sasl to one that it offers",
                    failure);
        }
        if (failure instanceof NoSuchElementException) {
            // The Java client stumbles over its own pipeline, which a server that hangs up has emptied.
            return new BrokerException(
                    Kind.UNREACHABLE,
                    place + " accepts connections and closes them at once: is it a broker, does its port expect TLS"
                            + " (amqps://), or a client certificate (broker.tls)?",
                    failure);
        }
        return new BrokerException(
                Kind.UNREACHABLE,
                "cannot reach a broker at " + place + " (" + Causes.rootMessage(failure)
                        + "): is it running, and is broker.uri right?",
                failure);
    }

    private static String login(ConnectionFactory tried) {
        return mechanism(tried).equals("EXTERNAL")
                ? "the login by this certificate: check broker.tls.certificate, and that the broker knows a user by its"
                        + " name"
                : "user '" + tried.getUsername() + "' with this password: check the user and password in broker.uri";
    }

    private static AMQP.Connection.Close close(Exception failure) {
        var closed = Causes.find(failure, ShutdownSignalException.class);
        return closed != null && closed.getReason() instanceof AMQP.Connection.Close reason ? reason : null;
    }

    private static String mechanism(ConnectionFactory tried) {
        return tried.getSaslConfig() == DefaultSaslConfig.EXTERNAL ? "EXTERNAL" : "PLAIN";
    }

    private static BrokerException notABroker(String place, String said, Exception failure) {
        return new BrokerException(
                Kind.NOT_A_BROKER,
                place + " answers, but not in AMQP 0-9-1"
                        + (said == null || said.isEmpty() ? "" : ": it said '" + said + "'")
                        + ". Is it the port of a broker? An AMQP 1.0 broker is reached by amqp10://, a TLS port by amqps://",
                failure);
    }

    private static BrokerException refused(
            AMQP.Connection.Close reason, String place, ConnectionFactory tried, Exception failure) {
        var text = reason.getReplyText();
        var said = "the broker at " + place + " closed the connection: " + reason.getReplyCode() + " " + text;
        if (RabbitErrors.mayPass(reason.getReplyCode())) {
            return new BrokerException(Kind.UNREACHABLE, said + ": is it starting, stopping, or unwell?", failure);
        }
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("limit")) {
            return new BrokerException(Kind.LIMIT, said + ": raise the limit, or close other connections", failure);
        }
        var vhost = "virtual host '" + tried.getVirtualHost() + "'";
        if (lower.contains("vhost") || lower.contains("virtual host")) {
            var missing = lower.contains("not found") || lower.contains("unknown");
            return new BrokerException(
                    missing ? Kind.NOT_FOUND : Kind.FORBIDDEN,
                    missing
                            ? "the broker at " + place + " has no " + vhost
                                    + ": create it, or name another at the end of broker.uri"
                                    + (tried.getVirtualHost().isEmpty()
                                            ? "; to mean '/', leave out the slash at the end, or write %2F after it"
                                            : "")
                            : "user '" + tried.getUsername() + "' may not use " + vhost + " of the broker at " + place
                                    + " (" + text + "): grant permissions, or use another user",
                    failure);
        }
        return new BrokerException(Kind.REFUSED, said + ": its log may tell more", failure);
    }

    private static BrokerException tls(SSLException tls, String place, Exception failure) {
        return new BrokerException(
                Kind.AUTHENTICATION,
                "no TLS with " + place + " (" + Causes.rootMessage(tls)
                        + "): check broker.tls: which authority to trust (trust), the host name in broker.uri against the"
                        + " broker's certificate, and whether the broker asks for a client certificate (certificate, key)",
                failure);
    }

    /** Returns the failure for a server that answers, but not in TLS. */
    static BrokerException notTls(String place, Exception failure) {
        return new BrokerException(
                Kind.NOT_A_BROKER,
                "no TLS with " + place + ": this is not a TLS port: use amqp:// or the TLS port",
                failure);
    }
}
