package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerTransport;
import dev.busbar.config.BrokerConfig;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.Set;

/** Connects to Qpid Broker-J, RabbitMQ and ActiveMQ Artemis over AMQP 1.0. */
public final class Amqp10Transport implements BrokerTransport {

    @Override
    public Set<String> schemes() {
        return Set.of("amqp10", "amqp10s");
    }

    @Override
    public BrokerConnection connection(Context context, BrokerConfig config, String name) {
        return new Amqp10Connection((ContextInternal) context, config, name);
    }
}
