package dev.busbar.launch;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerProvider;
import dev.busbar.broker.BrokerTransport;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.SortedSet;
import java.util.TreeSet;

/** The brokers this program can run or speak to, as far as commands deal with them themselves. */
final class Brokers {

    private Brokers() {}

    static SortedSet<String> schemes() {
        var schemes = new TreeSet<String>();
        all(BrokerTransport.class).forEach(transport -> schemes.addAll(transport.schemes()));
        all(BrokerProvider.class).forEach(provider -> schemes.add(provider.scheme()));
        return schemes;
    }

    static BrokerConnection connection(Context context, BrokerConfig config, String name) {
        var scheme = config.uris().get(0).scheme();
        return all(BrokerTransport.class).stream()
                .filter(transport -> transport.schemes().contains(scheme))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("nothing in this version speaks '" + scheme + ":'"))
                .connection(context, config, name);
    }

    /** @return {@code null} where the broker is not ours to run */
    static Future<BrokerProvider.Lease> lease(Vertx vertx, BrokerConfig config) {
        var scheme = config.uris().get(0).scheme();
        return all(BrokerProvider.class).stream()
                .filter(provider -> provider.scheme().equals(scheme))
                .findFirst()
                .map(provider -> provider.acquire(vertx, config))
                .orElseGet(Future::succeededFuture);
    }

    /** @param uris instead of those of {@code config} */
    static BrokerConfig at(BrokerConfig config, List<BrokerUri> uris) {
        return new BrokerConfig(
                uris,
                config.embedded(),
                config.tls(),
                config.sasl(),
                config.heartbeat(),
                config.connectTimeout(),
                config.startTimeout(),
                config.reconnect(),
                config.maxMessageBytes());
    }

    private static <S> List<S> all(Class<S> service) {
        return ServiceLoader.load(service, service.getClassLoader()).stream()
                .map(Provider::get)
                .toList();
    }
}
