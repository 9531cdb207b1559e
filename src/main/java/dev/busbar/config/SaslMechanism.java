package dev.busbar.config;

/** How Busbar authenticates to the broker. */
public enum SaslMechanism {
    /** With the user and password of the URI. */
    PLAIN,
    /** With the client certificate of the TLS connection. */
    EXTERNAL,
    /** Not at all; in AMQP 1.0 only. */
    ANONYMOUS
}
