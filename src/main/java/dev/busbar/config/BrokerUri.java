package dev.busbar.config;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * One broker: {@code embedded}, or a URI of the schemes {@code amqp}, {@code amqps} (AMQP 0-9-1), {@code amqp10} and
 * {@code amqp10s} (AMQP 1.0).
 *
 * @param host without the brackets of an IPv6 address; {@code null} if embedded
 * @param port 0 if embedded
 * @param user {@code null} if embedded, as are password and virtual host
 * @param virtualHost may be empty; for AMQP 1.0 sent as the hostname of {@code open}
 */
public record BrokerUri(String scheme, String host, int port, String user, Secret password, String virtualHost) {

    /** The broker inside this JVM; has no host. */
    public static final BrokerUri EMBEDDED = new BrokerUri("embedded", null, 0, null, null, null);

    static final Map<String, Integer> PORTS = Map.of("amqp", 5672, "amqps", 5671, "amqp10", 5672, "amqp10s", 5671);

    public BrokerUri {
        if (!requireNonNull(scheme, "scheme").equals("embedded")) {
            Types.require(PORTS.containsKey(scheme), scheme, "is not a known scheme", BrokerUriSyntax.REMEDY);
            Types.require(!host.isEmpty(), host, "names no host", "Write e.g. " + scheme + "://localhost");
            Types.require(port >= 1 && port <= 65535, port, "is no port", "Use a port from 1 to 65535");
            requireNonNull(user, "user");
            requireNonNull(password, "password");
            requireNonNull(virtualHost, "virtualHost");
        } else if (host != null || port != 0 || user != null || password != null || virtualHost != null) {
            throw new InvalidConfigException(
                    scheme, "has no host, port, user or virtual host", "Set them under broker.embedded");
        }
    }

    /**
     * Reads {@code embedded} or a URI as RabbitMQ defines it: user, password and virtual host are percent-decoded, no
     * path is the virtual host {@code /}, the path {@code /} is the one with the empty name. Port, user and password
     * default to 5672 (TLS 5671), guest and guest.
     *
     * @throws InvalidConfigException if it is anything else; its message does not show the password
     */
    public static BrokerUri parse(String text) {
        ServiceVariables.refuse(text);
        return text.equals(EMBEDDED.scheme) ? EMBEDDED : BrokerUriSyntax.parse(text);
    }

    public boolean isEmbedded() {
        return scheme.equals(EMBEDDED.scheme);
    }

    public boolean isTls() {
        return scheme.equals("amqps") || scheme.equals("amqp10s");
    }

    /** Whether Busbar speaks AMQP 1.0 to the broker; to the embedded one it does not. */
    public boolean isAmqp10() {
        return scheme.startsWith("amqp10");
    }

    /** Returns host and port. */
    public String hostAndPort() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** Returns the URI with a masked password. */
    @Override
    public String toString() {
        return isEmbedded() ? scheme : BrokerUriSyntax.print(this, Scalar.MASK);
    }

    /** Returns the URI with the password. */
    String reveal() {
        return isEmbedded() ? scheme : BrokerUriSyntax.print(this, BrokerUriSyntax.encode(password.reveal()));
    }
}
