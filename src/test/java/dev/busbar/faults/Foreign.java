package dev.busbar.faults;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The blocking Java client on the other side of the broker, which knows nothing of bridges. */
final class Foreign implements AutoCloseable {

    static final AMQP.BasicProperties JSON = new AMQP.BasicProperties.Builder()
            .contentType("application/json")
            .deliveryMode(2)
            .build();

    final Connection connection;
    final Channel channel;

    Foreign(String uri) throws Exception {
        var factory = new ConnectionFactory();
        factory.setUri(uri);
        factory.setAutomaticRecoveryEnabled(false);
        connection = factory.newConnection("foreign");
        channel = connection.createChannel();
    }

    void publish(String exchange, String key, String body) throws IOException {
        channel.basicPublish(exchange, key, JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A durable queue that takes from the exchange whatever has this key. */
    void queue(String queue, String exchange, String key) throws IOException {
        channel.queueDeclare(queue, true, false, false, null);
        channel.queueBind(queue, exchange, key);
    }

    long depth(String queue) throws IOException {
        return channel.messageCount(queue);
    }

    /** Takes all there is now, in order. */
    List<GetResponse> takeAll(String queue) throws IOException {
        var taken = new ArrayList<GetResponse>();
        for (var message = channel.basicGet(queue, true); message != null; message = channel.basicGet(queue, true)) {
            taken.add(message);
        }
        return taken;
    }

    static String text(GetResponse message) {
        return new String(message.getBody(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        connection.abort(2_000);
    }
}
