package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.BrokerConnection;
import dev.busbar.broker.BrokerTransport;
import dev.busbar.broker.ReconnectPolicy;
import dev.busbar.config.BrokerConfig;
import io.vertx.core.Context;
import java.util.Set;

/** Speaks AMQP 0-9-1 with RabbitMQ and Qpid Broker-J. */
public final class RabbitMqTransport implements BrokerTransport {

    @Override
    public Set<String> schemes() {
        return Set.of("amqp", "amqps");
    }

    @Override
    public BrokerConnection connection(Context context, BrokerConfig config, String name) {
        var policy = ReconnectPolicy.forever(
                config.reconnect().initial(), config.reconnect().max());
        var options = ClientOptions.of(context.owner(), config, name);
        var client = EventLoopRabbitMQClient.create(context.owner(), context, options, policy);
        return new RabbitMqConnection(client, config);
    }
}
