package dev.busbar.broker;

import static dev.busbar.broker.Await.done;

import dev.busbar.broker.embedded.EmbeddedBroker;
import dev.busbar.config.BrokerUri;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.Secret;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

/** Qpid Broker-J in this JVM. */
public final class BrokerJ implements BrokerUnderTest, AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final String scheme;
    private final String store;
    private EmbeddedBroker embedded;

    private BrokerJ(String scheme, String store) {
        this.scheme = scheme;
        this.store = store;
        launch(0);
    }

    /** Over AMQP 0-9-1, for the caller alone. */
    static BrokerJ start() {
        return new BrokerJ("amqp", "memory");
    }

    /** Over AMQP 1.0, where only a durable store takes durable messages; for the caller alone. */
    static BrokerJ start10() {
        try {
            var target = Files.createDirectories(Path.of("target", "broker-j"));
            return new BrokerJ(
                    "amqp10", Files.createTempDirectory(target, "store").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Over AMQP 0-9-1: one for all tests of this JVM, started with the first that asks, stopped with the JVM. */
    public static BrokerJ shared() {
        return Shared.BROKER;
    }

    /** The like over AMQP 1.0. */
    public static BrokerJ shared10() {
        return Shared10.BROKER;
    }

    private static final class Shared {
        static final BrokerJ BROKER = untilTheEnd(start());
    }

    private static final class Shared10 {
        static final BrokerJ BROKER = untilTheEnd(start10());
    }

    private static BrokerJ untilTheEnd(BrokerJ broker) {
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        return broker;
    }

    private void launch(int port) {
        embedded = done(EmbeddedBroker.start(
                vertx, new EmbeddedConfig("127.0.0.1", port, store, "guest", new Secret("guest"))));
    }

    @Override
    public BrokerUri uri() {
        return new BrokerUri(scheme, embedded.host(), embedded.port(), "guest", new Secret("guest"), "default");
    }

    /** Over AMQP 1.0 messages are looked at over AMQP 1.0 too: the broker converts much away for the other. */
    @Override
    public Admin admin() {
        var topology = new Amqp091Admin(uri091());
        return scheme.equals("amqp10") ? new Amqp10Admin(uri(), topology, new QpidNodes()) : topology;
    }

    @Override
    public Set<Ability> abilities() {
        var abilities = EnumSet.of(Ability.DECLARING, Ability.RETURNING);
        if (!scheme.equals("amqp10")) {
            abilities.addAll(Set.of(Ability.DEEPLY_NESTED_HEADERS, Ability.FAITHFUL_CONVERSION));
        }
        return abilities;
    }

    @Override
    public void limitChannels(int channels) {
        // 2,047, as it comes.
    }

    @Override
    public void restart() {
        var port = embedded.port();
        done(embedded.stop());
        launch(port);
    }

    @Override
    public boolean ownsThread(String name) {
        return Stream.of("Housekeeping", "IO-", "virtualhost-", "VirtualHost", "ForkJoinPool.commonPool-")
                .anyMatch(name::startsWith);
    }

    @Override
    public void close() {
        done(embedded.stop());
        done(vertx.close());
    }
}
