package dev.busbar.broker.embedded;

import dev.busbar.config.EmbeddedConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Apache Qpid Broker-J in this JVM. It listens on one port and speaks AMQP 0-8 to 0-9-1 and 1.0 there; any virtual host
 * name leads to its only virtual host, {@code default}. Its threads are not daemons: a JVM ends after {@link #stop}.
 *
 * <p>The memory store forgets everything at {@link #stop}, and refuses durable messages over AMQP 1.0 (not over 0-9-1).
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
     * Starts a broker on worker threads.
     *
     * @return the broker when it listens; fails with {@link EmbeddedBrokerException}
     */
    public static Future<EmbeddedBroker> start(Vertx vertx, EmbeddedConfig config) {
        return vertx.executeBlocking(() -> startBlocking(vertx, config), false);
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** The host by which this machine reaches it. */
    public String host() {
        return address.reachableHost();
    }

    /** Whether it had to take another port than the configured one. */
    public boolean portWasTaken() {
        return address.refusal() != null;
    }

    /** Says that, and why, another port was taken than the configured one. */
    public Optional<String> notice() {
        return portWasTaken()
                ? Optional.of("port " + config.port() + " is not to be had (" + address.refusal()
                        + "): the embedded broker listens on " + port)
                : Optional.empty();
    }

    /** An AMQP 0-9-1 URI with user and password in it: not to be logged. */
    public String uri() {
        String host = host().contains(":") ? "[" + host() + "]" : host();
        return "amqp://" + encoded(config.user()) + ":"
                + encoded(config.password().reveal()) + "@" + host + ":" + port + "/";
    }

    /** Closes all connections, frees port and store. Idempotent; every call completes when it has stopped. */
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
                // Somebody took the port since it was tried.
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
     * Broker-J and Derby say only in the log that there is no room, and not what to do if a file may not be written.
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
                    + "; the log says why. Set broker.embedded.host and port to what this machine has free");
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
