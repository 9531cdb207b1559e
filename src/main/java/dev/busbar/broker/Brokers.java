package dev.busbar.broker;

import dev.busbar.config.BrokerConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the transport that speaks a URI's protocol, or the provider that runs the broker a URI names, among the
 * services on the class path.
 */
public final class Brokers {

    private Brokers() {}

    /** Returns all URI schemes that can be served, in alphabetical order. */
    public static SortedSet<String> schemes() {
        var schemes = new TreeSet<String>();
        all(BrokerTransport.class).forEach(transport -> schemes.addAll(transport.schemes()));
        all(BrokerProvider.class).forEach(provider -> schemes.add(provider.scheme()));
        return schemes;
    }

    /**
     * Makes a connection that is not yet connected; see {@link BrokerTransport#connection}.
     *
     * @throws BrokerException if no transport speaks the protocol of the configured URIs
     */
    public static BrokerConnection connection(Context context, BrokerConfig config, String name) {
        var scheme = config.uris().get(0).scheme();
        return all(BrokerTransport.class).stream()
                .filter(transport -> transport.schemes().contains(scheme))
                .findFirst()
                .orElseThrow(() -> new BrokerException(
                        BrokerException.Kind.REFUSED,
                        "broker.uri: nothing here speaks '" + scheme + ":'; there is " + schemes()))
                .connection(context, config, name);
    }

    /**
     * Starts the broker that a symbolic URI names.
     *
     * @return completes with {@code null} where the broker is not Busbar's to run
     */
    public static Future<BrokerProvider.Lease> lease(Vertx vertx, BrokerConfig config) {
        var scheme = config.uris().get(0).scheme();
        return all(BrokerProvider.class).stream()
                .filter(provider -> provider.scheme().equals(scheme))
                .findFirst()
                .map(provider -> provider.acquire(vertx, config))
                .orElseGet(Future::succeededFuture);
    }

    private static <S> List<S> all(Class<S> service) {
        return ServiceLoader.load(service, service.getClassLoader()).stream()
                .map(Provider::get)
                .toList();
    }
}
