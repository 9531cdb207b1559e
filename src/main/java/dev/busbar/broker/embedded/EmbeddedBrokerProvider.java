package dev.busbar.broker.embedded;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerProvider;
import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.text.OptionalLibrary;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Provides the broker of the URI {@code embedded}: one for each Vert.x instance and configuration, shared by all users.
 */
public final class EmbeddedBrokerProvider implements BrokerProvider {

    private static final OptionalLibrary BROKER_J = new OptionalLibrary(
            "broker.uri: embedded: the embedded broker",
            "org.apache.qpid.server.SystemLauncher",
            "org.apache.qpid:qpid-broker-core and its plug-ins");

    @Override
    public String scheme() {
        return BrokerUri.EMBEDDED.scheme();
    }

    @Override
    public Future<Lease> acquire(Vertx vertx, BrokerConfig config) {
        var missing = BROKER_J.missing();
        if (missing != null) {
            return Future.failedFuture(new BrokerException(BrokerException.Kind.REFUSED, missing));
        }
        LocalMap<String, Brokers> perVertx = vertx.sharedData().getLocalMap(EmbeddedBroker.class.getName());
        SharedBroker shared = perVertx.computeIfAbsent("brokers", key -> new Brokers(new ConcurrentHashMap<>()))
                .byConfig
                .computeIfAbsent(config.embedded(), settings -> new SharedBroker(vertx, settings));
        return shared.acquire().map(broker -> new EmbeddedLease(shared, broker, config.embedded()));
    }

    /** Holds all embedded brokers of one Vert.x instance. */
    private record Brokers(Map<EmbeddedConfig, SharedBroker> byConfig) implements Shareable {}

    private static final class EmbeddedLease implements Lease {

        private final SharedBroker shared;
        private final List<BrokerUri> uris;
        private final List<String> notices;

        private Future<Void> released;

        EmbeddedLease(SharedBroker shared, EmbeddedBroker broker, EmbeddedConfig config) {
            this.shared = shared;
            this.uris = List.of(new BrokerUri(
                    "amqp",
                    broker.host(),
                    broker.port(),
                    config.user(),
                    config.password(),
                    BrokerDefinition.VIRTUAL_HOST));
            this.notices = broker.notice().stream().toList();
        }

        @Override
        public List<BrokerUri> uris() {
            return uris;
        }

        @Override
        public List<String> notices() {
            return notices;
        }

        @Override
        public synchronized Future<Void> release() {
            if (released == null) {
                released = shared.release();
            }
            return released;
        }
    }
}
