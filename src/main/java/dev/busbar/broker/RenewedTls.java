package dev.busbar.broker;

import dev.busbar.config.TlsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;

/**
 * Reads the TLS files of the configuration anew for each connection, because certificates are renewed on disk while
 * Busbar runs. Kept for the life of a connection and its successors.
 */
public final class RenewedTls {

    private final TrustOptions trust;
    private final KeyCertOptions keyCert;

    public RenewedTls(Vertx vertx, TlsConfig tls) {
        this.trust = tls.trust() == null ? null : new RenewedTrust(vertx, tls.trust());
        this.keyCert = tls.certificate() == null ? null : new RenewedKeyCert(vertx, tls);
    }

    /**
     * Returns the authorities to trust; {@code null} for those the JVM trusts, whose file the JVM reads anew by itself.
     */
    public TrustOptions trust() {
        return trust == null ? null : trust.copy();
    }

    /** Returns the certificate to present; {@code null} for none. */
    public KeyCertOptions keyCert() {
        return keyCert == null ? null : keyCert.copy();
    }
}
