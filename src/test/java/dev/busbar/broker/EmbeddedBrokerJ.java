package dev.busbar.broker;

import static dev.busbar.broker.Await.done;

import dev.busbar.broker.embedded.EmbeddedBroker;
import dev.busbar.config.EmbeddedConfig;
import dev.busbar.config.Secret;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Qpid Broker-J in this JVM. */
public final class EmbeddedBrokerJ extends BrokerJ implements AutoCloseable {

    private static final Vertx VERTX = Vertx.vertx();

    private final String store;
    private EmbeddedBroker running;

    private EmbeddedBrokerJ(String scheme, String store, EmbeddedBroker running) {
        super(scheme, running.port());
        this.store = store;
        this.running = running;
    }

    /** Over AMQP 0-9-1, for the caller alone. */
    static EmbeddedBrokerJ start() {
        return new EmbeddedBrokerJ("amqp", "memory", launch(0, "memory"));
    }

    /** Over AMQP 1.0, where only a durable store takes durable messages; for the caller alone. */
    static EmbeddedBrokerJ start10() {
        try {
            var target = Files.createDirectories(Path.of("target", "broker-j"));
            var store = Files.createTempDirectory(target, "store").toString();
            return new EmbeddedBrokerJ("amqp10", store, launch(0, store));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Over AMQP 0-9-1: one for all tests of this JVM, started with the first that asks, stopped with the JVM. */
    public static EmbeddedBrokerJ shared() {
        return Shared.BROKER;
    }

    /** The like over AMQP 1.0. */
    public static EmbeddedBrokerJ shared10() {
        return Shared10.BROKER;
    }

    private static final class Shared {
        static final EmbeddedBrokerJ BROKER = untilTheEnd(start());
    }

    private static final class Shared10 {
        static final EmbeddedBrokerJ BROKER = untilTheEnd(start10());
    }

    private static EmbeddedBrokerJ untilTheEnd(EmbeddedBrokerJ broker) {
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        return broker;
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
