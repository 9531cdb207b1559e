package dev.busbar.config;

import java.util.List;

final class TlsSection {

    private static final Type<String> PEM = Types.path("path of a PEM file", "/etc/busbar/ca.pem");

    static final Key<String> TRUST =
            Key.optional("trust", PEM, "those the JVM trusts", "The certificates of the authorities to trust.");
    static final Key<String> CERTIFICATE =
            Key.optional("certificate", PEM, "none", "Busbar's own certificate chain, shown to the broker.");
    static final Key<String> KEY =
            Key.optional("key", PEM, "none", "The private key of that certificate, PKCS#8, not encrypted.");
    static final Key<Boolean> VERIFY_HOST = Key.of(
            "verifyHost",
            Types.BOOLEAN,
            true,
            "Whether the broker's certificate must be made out to the host of the URI.");

    static final Section<TlsConfig> TYPE = new Section<>(
            "TLS towards the broker",
            "Used by URIs of the schemes `amqps` and `amqp10s`. The files are read at each attempt to connect, so that"
                    + " renewed ones are used from the next connection on. While one cannot be read, or the key is not that"
                    + " of the certificate, the log says so and what was read before stays in use. Busbar's own ports have"
                    + " no TLS; a proxy in front of them has.",
            List.of(
                    TRUST.from(TlsConfig::trust),
                    CERTIFICATE.from(TlsConfig::certificate),
                    KEY.from(TlsConfig::key),
                    VERIFY_HOST.from(TlsConfig::verifyHost)),
            it -> new TlsConfig(it.get(TRUST), it.get(CERTIFICATE), it.get(KEY), it.get(VERIFY_HOST)));

    static final TlsConfig DEFAULT = new TlsConfig(null, null, null, true);

    private TlsSection() {}
}
