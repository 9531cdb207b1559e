package dev.busbar.route;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerProvider;
import dev.busbar.broker.BrokerTransport;
import dev.busbar.config.BrokerConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** Finds who speaks a URI's protocol, among the services on the class path. */
final class Transports {

    private Transports() {}

    static BrokerConnection connection(Context context, BrokerConfig config, String name) {
        var scheme = config.uris().get(0).scheme();
        var known = new TreeSet<String>();
        for (var transport : ServiceLoader.load(BrokerTransport.class, BrokerTransport.class.getClassLoader())) {
            if (transport.schemes().contains(scheme)) {
                return transport.connection(context, config, name);
            }
            known.addAll(transport.schemes());
        }
        throw unknown(scheme, known.toString());
    }

    /** Brings up the broker that a symbolic URI names; others are somewhere already. */
    static Future<BrokerProvider.Lease> lease(Vertx vertx, BrokerConfig config) {
        var scheme = config.uris().get(0).scheme();
        for (var provider : ServiceLoader.load(BrokerProvider.class, BrokerProvider.class.getClassLoader())) {
            if (provider.scheme().equals(scheme)) {
                return provider.acquire(vertx, config);
            }
        }
        return Future.succeededFuture();
    }

    private static BrokerException unknown(String scheme, String known) {
        return new BrokerException(
                BrokerException.Kind.REFUSED,
                "broker.uri: nothing on the class path speaks '" + scheme + ":'; there is " + known);
    }
}
