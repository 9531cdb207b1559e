package dev.busbar.broker;

import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Brings up the broker that a symbolic URI such as {@code embedded} names. Found with {@link java.util.ServiceLoader}.
 */
public interface BrokerProvider {

    /** The scheme of the URIs this provider answers for, e.g. {@code embedded}. */
    String scheme();

    /**
     * Starts the broker, or joins the one that this Vert.x instance already runs with the same settings, so that
     * several verticle instances share one. Blocking work is done on worker threads.
     *
     * @return a lease, to be released exactly when the broker is no longer needed; fails when the broker cannot start,
     *     and then nothing is left running
     */
    Future<Lease> acquire(Vertx vertx, BrokerConfig config);

    /** The right to use a broker that is kept running for as long as somebody holds one. */
    interface Lease {

        /** Where to connect, user and password included. */
        List<BrokerUri> uris();

        /** What the operator should know, e.g. that another port was taken than the one asked for. */
        List<String> notices();

        /** Gives the lease back; the last one stops the broker. Idempotent. */
        Future<Void> release();
    }
}
