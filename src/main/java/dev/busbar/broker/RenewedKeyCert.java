package dev.busbar.broker;

import dev.busbar.config.TlsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;

/**
 * Presents the certificate of two PEM files as they are at the time of each connection; see {@link LastGood}. A key
 * that does not belong to the certificate counts as unreadable: one of the two files has been replaced, and the other
 * not yet.
 */
final class RenewedKeyCert implements KeyCertOptions {

    private final LastGood<KeyManagerFactory> factory;

    RenewedKeyCert(Vertx vertx, TlsConfig tls) {
        this(new LastGood<>(
                "broker.tls.certificate, " + tls.certificate() + ", with broker.tls.key, " + tls.key() + ",",
                () -> load(vertx, tls)));
    }

    private RenewedKeyCert(LastGood<KeyManagerFactory> factory) {
        this.factory = factory;
    }

    private static KeyManagerFactory load(Vertx vertx, TlsConfig tls) throws Exception {
        var certificate = Certificates.read(tls.certificate());
        var key = Certificates.read(tls.key());
        var own = Certificates.of(certificate, tls.certificate()).get(0);
        var made = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(certificate))
                .addKeyValue(Buffer.buffer(key))
                .getKeyManagerFactory(vertx);
        Certificates.requireKeyOf(own, made);
        return made;
    }

    /** Returns a copy that equals no other, so that Vert.x keeps nothing made of it. */
    @Override
    public KeyCertOptions copy() {
        return new RenewedKeyCert(factory);
    }

    @Override
    public KeyManagerFactory getKeyManagerFactory(Vertx vertx) {
        return factory.read();
    }

    @Override
    public Function<String, KeyManagerFactory> keyManagerFactoryMapper(Vertx vertx) {
        return serverName -> null;
    }
}
