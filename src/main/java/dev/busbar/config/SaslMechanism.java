package dev.busbar.config;

/** How Busbar proves who it is to the broker. */
public enum SaslMechanism {
    /** By the user and password of the URI. */
    PLAIN,
    /** By the client certificate of the TLS connection. */
    EXTERNAL,
    /** Not at all; in AMQP 1.0 only. */
    ANONYMOUS
}
