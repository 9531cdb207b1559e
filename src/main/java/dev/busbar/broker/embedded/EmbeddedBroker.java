package dev.busbar.broker.embedded;

import dev.busbar.config.EmbeddedConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs Apache Qpid Broker-J in this JVM. The broker listens on one port and speaks AMQP 0-8 to 0-9-1 and 1.0 there.
 * Every virtual host name leads to its only virtual host, {@code default}. Its threads are not daemon threads, so the
 * JVM ends only after {@link #stop}.
 *
 * <p>With the memory store, {@link #stop} loses all messages, and durable messages are refused over AMQP 1.0 (not over
 * 0-9-1). Thread-safe.
 */
public final class EmbeddedBroker {

    private final Vertx vertx;
    private final EmbeddedConfig config;
    private final ListenAddress address;
    private final BrokerProcess process;
    private final StoreFolder store;
    private final int port;

    private Future<Void> stopped;

    private EmbeddedBroker(
            Vertx vertx, EmbeddedConfig config, ListenAddress address, BrokerProcess process, StoreFolder store) {
        this.vertx = vertx;
        this.config = config;
        this.address = address;
        this.process = process;
        this.store = store;
        this.port = process.boundPort();
    }

    /**
     * Starts a broker on a worker thread.
     *
     * @return the broker, once it listens; fails with an {@link EmbeddedBrokerException}
     */
    public static Future<EmbeddedBroker> start(Vertx vertx, EmbeddedConfig config) {
        return vertx.executeBlocking(() -> startBlocking(vertx, config), false);
    }

    /** Returns the port that the broker listens on. */
    public int port() {
        return port;
    }

    /** Returns the host by which this machine reaches the broker. */
    public String host() {
        return address.reachableHost();
    }

    /** Returns whether the broker listens on another port because the configured one is in use. */
    public boolean portWasTaken() {
        return address.refusal() != null;
    }

    /**
     * Returns a line that says why the broker listens on another port than the configured one; empty if it does not.
     */
    public Optional<String> notice() {
        return portWasTaken()
                ? Optional.of("port " + config.port() + " is not available (" + address.refusal()
                        + "): the embedded broker listens on " + port)
                : Optional.empty();
    }

    /** Returns an AMQP 0-9-1 URI. It contains user and password and must not be logged. */
    public String uri() {
        String host = host().contains(":") ? "[" + host() + "]" : host();
        return "amqp://" + encoded(config.user()) + ":"
                + encoded(config.password().reveal()) + "@" + host + ":" + port + "/";
    }

    /** Stops the broker: closes all connections, frees the port and the store. Every call returns the same outcome. */
    public synchronized Future<Void> stop() {
        if (stopped == null) {
            stopped = vertx.executeBlocking(
                    () -> {
                        stopBlocking(process, store);
                        return null;
                    },
                    false);
        }
        return Caller.of(vertx).completedBy(stopped);
    }

    private static EmbeddedBroker startBlocking(Vertx vertx, EmbeddedConfig config) {
        ListenAddress address = ListenAddress.of(config);
        StoreFolder store = config.inMemory() ? null : StoreFolder.open(config.store());
        Path workFolder = store == null ? Path.of(System.getProperty("java.io.tmpdir"), "busbar") : store.path();
        BrokerProcess process = null;
        try {
            process = BrokerProcess.start(BrokerDefinition.of(config, address), BrokerDefinition.context(workFolder));
            if (process.boundPort() < 0) {
                // Another process has taken the port since it was tried.
                process.stop();
                address = ListenAddress.anyPort(address.host(), "it was taken just now");
                process =
                        BrokerProcess.start(BrokerDefinition.of(config, address), BrokerDefinition.context(workFolder));
            }
            requireWorking(process, config);
            return new EmbeddedBroker(vertx, config, address, process, store);
        } catch (RuntimeException e) {
            RuntimeException explained = explained(e, store);
            stopBlocking(process, store);
            throw explained;
        }
    }

    /**
     * Adds the cause and the remedy if the store folder is full or not writable, for Broker-J and Derby tell at most
     * the log.
     */
    private static RuntimeException explained(RuntimeException failure, StoreFolder store) {
        Optional<String> problem = store == null ? Optional.empty() : store.problem();
        return problem.isEmpty()
                ? failure
                : new EmbeddedBrokerException(
                        failure.getMessage() + " (the store folder " + store.path() + ": " + problem.get()
                                + ", or set broker.embedded.store to another folder, or to \"memory\"",
                        failure);
    }

    private static void requireWorking(BrokerProcess process, EmbeddedConfig config) {
        if (!process.storeIsOpen()) {
            throw new EmbeddedBrokerException("the embedded broker cannot open its store (" + config.store()
                    + "); the log says why. Set broker.embedded.store to an empty folder, or to \"memory\"");
        }
        if (process.boundPort() < 0) {
            throw new EmbeddedBrokerException("the embedded broker cannot listen on " + config.host()
                    + "; the log says why. Set broker.embedded.host and broker.embedded.port to an address of this"
                    + " machine and a free port");
        }
    }

    private static void stopBlocking(BrokerProcess process, StoreFolder store) {
        try (store) {
            if (process != null) {
                process.stop();
            }
        }
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
