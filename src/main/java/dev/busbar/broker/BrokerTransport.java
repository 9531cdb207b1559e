package dev.busbar.broker;

import dev.busbar.config.BrokerConfig;
import io.vertx.core.Context;
import java.util.Set;

/** Speaks one protocol with brokers. Implementations are registered as services and have no state. */
public interface BrokerTransport {

    /** Returns the URI schemes that this transport serves, in lower case, e.g. {@code amqp} and {@code amqps}. */
    Set<String> schemes();

    /**
     * Makes a connection that is not yet connected.
     *
     * @param context the context whose event loop will read, dispatch and settle
     * @param config where the broker is and how to reach it; every URI has one of {@link #schemes()}
     * @param name shown by the broker for this connection
     */
    BrokerConnection connection(Context context, BrokerConfig config, String name);
}
