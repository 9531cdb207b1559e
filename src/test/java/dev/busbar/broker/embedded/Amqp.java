package dev.busbar.broker.embedded;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Wraps the official AMQP 0-9-1 client for the tests of this package: blocking, one connection, one channel. */
record Amqp(Connection connection, Channel channel) implements AutoCloseable {

    static Amqp connect(String uri) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(uri);
        return connect(factory);
    }

    static Amqp connect(ConnectionFactory factory) throws Exception {
        factory.setAutomaticRecoveryEnabled(false);
        factory.setMaxInboundMessageBodySize(100 << 20);
        Connection connection = factory.newConnection();
        Channel channel = connection.createChannel();
        channel.confirmSelect();
        return new Amqp(connection, channel);
    }

    void declareDurable(String queue) throws Exception {
        channel.queueDeclare(queue, true, false, false, null);
    }

    void publishConfirmed(String queue, byte[] body) throws Exception {
        channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, body);
        channel.waitForConfirmsOrDie(TimeUnit.SECONDS.toMillis(20));
    }

    byte[] get(String queue) throws Exception {
        GetResponse response = channel.basicGet(queue, true);
        return response == null ? null : response.getBody();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
