package dev.busbar.config;

/**
 * TLS towards the broker. All paths are of PEM files.
 *
 * @param trust the authorities to trust; {@code null} for those of the JVM
 * @param certificate the client's certificate chain, or {@code null}
 * @param key the client's private key, there if and only if {@code certificate} is
 * @param verifyHost whether the broker's certificate must be for the host of the URI
 */
public record TlsConfig(String trust, String certificate, String key, boolean verifyHost) {

    public TlsConfig {
        TlsSection.TRUST.check(trust);
        TlsSection.CERTIFICATE.check(certificate);
        TlsSection.KEY.check(key);
        new Findings()
                .unless(
                        certificate == null || key != null,
                        "certificate",
                        certificate,
                        "has no key",
                        "Set key to the file of its private key",
                        "key")
                .unless(
                        key == null || certificate != null,
                        "key",
                        key,
                        "has no certificate",
                        "Set certificate to the file of its certificate chain",
                        "certificate")
                .raise();
    }
}
