package dev.busbar.broker;

import dev.busbar.config.BrokerConfig;
import dev.busbar.config.BrokerUri;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** Runs the broker that a symbolic URI such as {@code embedded} names. Found with {@link java.util.ServiceLoader}. */
public interface BrokerProvider {

    /** Returns the scheme of the URIs that this provider serves, e.g. {@code embedded}. */
    String scheme();

    /**
     * Starts the broker, or joins the broker that this Vert.x instance already runs with the same settings, so that
     * several verticle instances share one. Blocking work is done on worker threads.
     *
     * @return a lease, to be released exactly when the broker is no longer needed; fails when the broker cannot start,
     *     and then nothing is left running
     */
    Future<Lease> acquire(Vertx vertx, BrokerConfig config);

    /** Holds a shared broker: the broker runs for as long as somebody holds a lease. */
    interface Lease {

        /** Returns the URIs to connect to, user and password included. */
        List<BrokerUri> uris();

        /** Returns notices for the operator, e.g. that another port was taken than the one configured. */
        List<String> notices();

        /** Gives the lease back. The last release stops the broker. Idempotent. */
        Future<Void> release();
    }
}
