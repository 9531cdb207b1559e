package dev.busbar.config;

/**
 * TLS towards the broker. All paths are of PEM files.
 *
 * @param trust the authorities to trust; {@code null} for those of the JVM
 * @param certificate the client's certificate chain, or {@code null}
 * @param key the client's private key, or {@code null}
 * @param verifyHost whether the broker's certificate must be for the host of the URI
 */
public record TlsConfig(String trust, String certificate, String key, boolean verifyHost) {}
