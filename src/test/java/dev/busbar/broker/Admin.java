package dev.busbar.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The plain, blocking Java client: arranges what a test needs, and looks at the broker from outside. */
public final class Admin implements AutoCloseable {

    private interface Command<T> {
        T on(Channel channel) throws Exception;
    }

    private final String uri;
    private final List<String> queues = new ArrayList<>();
    private final List<String> exchanges = new ArrayList<>();
    private Connection connection;

    Admin(String uri) {
        this.uri = uri;
    }

    /** A channel of its own for each command, because a refused one closes it. */
    private <T> T run(Command<T> command) {
        try {
            if (connection == null || !connection.isOpen()) {
                var factory = new ConnectionFactory();
                factory.setUri(uri);
                factory.setAutomaticRecoveryEnabled(false);
                connection = factory.newConnection("test-admin");
            }
            var channel = connection.createChannel();
            try {
                return command.on(channel);
            } finally {
                channel.abort();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean succeeds(Command<?> command) {
        try {
            run(command);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    void removeLater(String queue, String exchange) {
        queues.add(queue);
        exchanges.add(exchange);
    }

    public boolean queueExists(String queue) {
        return succeeds(channel -> channel.queueDeclarePassive(queue));
    }

    public boolean exchangeExists(String exchange) {
        return succeeds(channel -> channel.exchangeDeclarePassive(exchange));
    }

    /** Durable. */
    public void declareQueue(String queue) {
        declareQueue(queue, Map.of());
    }

    public void declareQueue(String queue, Map<String, Object> arguments) {
        run(channel -> channel.queueDeclare(queue, true, false, false, arguments));
    }

    public void declareAutoDeleteQueue(String queue) {
        run(channel -> channel.queueDeclare(queue, true, false, true, Map.of()));
    }

    public void declareExchange(String exchange, BuiltinExchangeType type) {
        run(channel -> channel.exchangeDeclare(exchange, type, true));
    }

    public void bind(String queue, String exchange, String key) {
        run(channel -> channel.queueBind(queue, exchange, key));
    }

    public void deleteQueue(String queue) {
        run(channel -> channel.queueDelete(queue));
    }

    /** Publishes texts, and waits until the broker has them. */
    public void publish(String exchange, String key, String... bodies) {
        run(channel -> {
            channel.confirmSelect();
            for (var body : bodies) {
                channel.basicPublish(
                        exchange, key, MessageProperties.PERSISTENT_BASIC, body.getBytes(StandardCharsets.UTF_8));
            }
            channel.waitForConfirmsOrDie(TimeUnit.SECONDS.toMillis(20));
            return null;
        });
    }

    /** Takes the next message for good; {@code null} if there is none. */
    public GetResponse get(String queue) {
        return run(channel -> channel.basicGet(queue, true));
    }

    public AMQP.Queue.DeclareOk status(String queue) {
        return run(channel -> channel.queueDeclarePassive(queue));
    }

    @Override
    public void close() {
        queues.forEach(queue -> succeeds(channel -> channel.queueDelete(queue)));
        exchanges.forEach(exchange -> succeeds(channel -> {
            channel.exchangeDelete(exchange);
            return null;
        }));
        if (connection != null) {
            connection.abort();
        }
    }
}
