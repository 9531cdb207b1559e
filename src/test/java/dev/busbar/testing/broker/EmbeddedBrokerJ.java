package dev.busbar.testing.broker;

import static dev.busbar.testing.broker.Await.done;

import dev.busbar.broker.embedded.EmbeddedBroker;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.Secret;
import dev.busbar.testing.OncePerJvm;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs Qpid Broker-J in this JVM. */
public final class EmbeddedBrokerJ extends BrokerJ implements AutoCloseable {

    private static final Vertx VERTX = Vertx.vertx();
    private static final OncePerJvm<EmbeddedBrokerJ> SHARED = new OncePerJvm<>(EmbeddedBrokerJ::start);
    private static final OncePerJvm<EmbeddedBrokerJ> SHARED_10 = new OncePerJvm<>(EmbeddedBrokerJ::start10);

    private final String store;
    private EmbeddedBroker running;

    private EmbeddedBrokerJ(String scheme, String store, EmbeddedBroker running) {
        super(scheme, running.port());
        this.store = store;
        this.running = running;
    }

    /** Starts a broker for the caller alone, to be used over AMQP 0-9-1. */
    public static EmbeddedBrokerJ start() {
        return new EmbeddedBrokerJ("amqp", "memory", launch(0, "memory"));
    }

    /**
     * Starts a broker for the caller alone, to be used over AMQP 1.0, where only a durable store takes durable
     * messages.
     */
    public static EmbeddedBrokerJ start10() {
        try {
            var target = Files.createDirectories(Path.of("target", "broker-j"));
            var store = Files.createTempDirectory(target, "store").toString();
            return new EmbeddedBrokerJ("amqp10", store, launch(0, store));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the one broker that all tests of this JVM share, to be used over AMQP 0-9-1. */
    public static EmbeddedBrokerJ shared() {
        return SHARED.get();
    }

    /** Returns the one broker that all tests of this JVM share, to be used over AMQP 1.0. */
    public static EmbeddedBrokerJ shared10() {
        return SHARED_10.get();
    }

    private static EmbeddedBroker launch(int port, String store) {
        var config = new EmbeddedConfig("127.0.0.1", port, store, "guest", new Secret("guest"));
        return done(EmbeddedBroker.start(VERTX, config));
    }

    @Override
    public void restart() {
        var port = running.port();
        done(running.stop());
        running = launch(port, store);
    }

    @Override
    public void close() {
        done(running.stop());
    }
}
