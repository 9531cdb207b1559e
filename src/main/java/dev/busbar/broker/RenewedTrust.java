package dev.busbar.broker;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.util.function.Function;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Trusts the authorities of a PEM file as it is at the time of each connection; see {@link LastGood}. */
final class RenewedTrust implements TrustOptions {

    private final LastGood<TrustManagerFactory> factory;

    RenewedTrust(Vertx vertx, String file) {
        this(new LastGood<>("broker.tls.trust, " + file + ",", () -> load(vertx, file)));
    }

    private RenewedTrust(LastGood<TrustManagerFactory> factory) {
        this.factory = factory;
    }

    private static TrustManagerFactory load(Vertx vertx, String file) throws Exception {
        var content = Certificates.read(file);
        Certificates.of(content, file);
        return new PemTrustOptions().addCertValue(Buffer.buffer(content)).getTrustManagerFactory(vertx);
    }

    /** Returns a copy that equals no other, so that Vert.x keeps nothing made of it. */
    @Override
    public TrustOptions copy() {
        return new RenewedTrust(factory);
    }

    @Override
    public TrustManagerFactory getTrustManagerFactory(Vertx vertx) {
        return factory.read();
    }

    @Override
    public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) {
        return serverName -> null;
    }
}
