package dev.busbar.config;

/**
 * TLS towards the broker. All files are PEM files.
 *
 * @param trust the authorities to trust; {@code null} for those of the JVM
 * @param certificate the client's certificate chain, or {@code null}
 */
@ConfigSection(
        title = "TLS towards the broker",
        intro = "For URIs of the schemes `amqps` and `amqp10s`. Busbar reads the files at each attempt to"
                + " connect, so that the next connection uses renewed ones. While a file cannot be read, or"
                + " the key does not belong to the certificate, the log says so and the files read before stay"
                + " in use. Busbar's own ports have no TLS; put a proxy in front of them.")
public record TlsConfig(
        @ConfigKey(
                text = TextKind.PEM_FILE,
                whenAbsent = "those the JVM trusts",
                doc = "The certificates of the authorities that Busbar trusts.")
        String trust,

        @ConfigKey(
                text = TextKind.PEM_FILE,
                whenAbsent = "none",
                doc = "Busbar's own certificate chain, which it shows to the broker.")
        String certificate,

        @ConfigKey(
                text = TextKind.PEM_FILE,
                whenAbsent = "none",
                doc = "The private key of that certificate, PKCS#8, not encrypted.")
        String key,

        @ConfigKey(
                byDefault = "true",
                doc = "Whether the broker's certificate must be made out to the host of the URI.")
        boolean verifyHost) {

    public TlsConfig {
        RecordSection.check(TlsConfig.class, trust, certificate, key, verifyHost);
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
