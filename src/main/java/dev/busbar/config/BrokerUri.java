package dev.busbar.config;

/**
 * One broker: {@code embedded}, or a URI of the schemes {@code amqp}, {@code amqps} (AMQP 0-9-1), {@code amqp10} and
 * {@code amqp10s} (AMQP 1.0).
 */
public record BrokerUri(String scheme, String host, int port, String user, Secret password, String virtualHost) {

    /** The broker inside this JVM; has no host. */
    public static final BrokerUri EMBEDDED = new BrokerUri("embedded", null, 0, null, null, null);

    public static BrokerUri parse(String text) {
        throw new UnsupportedOperationException("not yet");
    }

    public boolean isEmbedded() {
        return scheme.equals("embedded");
    }

    public boolean isTls() {
        return scheme.equals("amqps") || scheme.equals("amqp10s");
    }
}
