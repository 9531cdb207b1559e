package dev.busbar.testing.broker;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import dev.busbar.codec.BridgeMessage;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Administers a broker by the plain, blocking Java client of AMQP 0-9-1. */
public final class Amqp091Admin implements Admin {

    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(60);

    private interface Command<T> {
        T on(Channel channel) throws Exception;
    }

    private final String uri;
    private Connection connection;
    private Channel channel;

    /**
     * Makes a client that connects at its first use.
     *
     * @param uri {@code amqp:}
     */
    public Amqp091Admin(String uri) {
        this.uri = uri;
    }

    private synchronized <T> T run(Command<T> command) {
        try {
            return command.on(channel());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the present channel, or a new one if the broker has closed it, as it does after a refused command. */
    private Channel channel() throws Exception {
        if (connection == null || !connection.isOpen()) {
            var factory = new ConnectionFactory();
            factory.setUri(uri);
            factory.setAutomaticRecoveryEnabled(false);
            // A broker on a busy machine may take its time.
            factory.setHandshakeTimeout(60_000);
            connection = factory.newConnection("test-admin");
        }
        if (channel == null || !channel.isOpen()) {
            channel = connection.createChannel();
            channel.confirmSelect();
        }
        return channel;
    }

    /** Returns whether a command finds what it asks for. An exclusive queue of another connection counts as found. */
    private boolean finds(Command<?> command) {
        try {
            run(command);
            return true;
        } catch (IllegalStateException e) {
            if (isNotFound(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isNotFound(Exception failure) {
        return failure.getCause() instanceof IOException refused
                && refused.getCause() instanceof ShutdownSignalException closed
                && closed.getReason() instanceof AMQP.Channel.Close reason
                && reason.getReplyCode() == AMQP.NOT_FOUND;
    }

    @Override
    public boolean queueExists(String queue) {
        return finds(channel -> channel.queueDeclarePassive(queue));
    }

    @Override
    public boolean exchangeExists(String exchange) {
        return finds(channel -> channel.exchangeDeclarePassive(exchange));
    }

    @Override
    public void declareQueue(String queue, Map<String, Object> arguments) {
        run(channel -> channel.queueDeclare(queue, true, false, false, arguments));
    }

    @Override
    public void declareAutoDeleteQueue(String queue) {
        run(channel -> channel.queueDeclare(queue, true, false, true, Map.of()));
    }

    @Override
    public String declareOwnQueue() {
        return run(channel -> channel.queueDeclare("", false, true, false, Map.of()))
                .getQueue();
    }

    @Override
    public void declareExchange(String exchange, String type) {
        run(channel -> channel.exchangeDeclare(exchange, type, true));
    }

    @Override
    public void bind(String queue, String exchange, String key) {
        run(channel -> channel.queueBind(queue, exchange, key));
    }

    /** Deletes a queue. A broker may refuse if there is none of that name. */
    @Override
    public void deleteQueue(String queue) {
        if (queueExists(queue)) {
            run(channel -> channel.queueDelete(queue));
        }
    }

    @Override
    public void deleteExchange(String exchange) {
        if (exchangeExists(exchange)) {
            run(channel -> channel.exchangeDelete(exchange));
        }
    }

    @Override
    public void publish(List<BridgeMessage> messages) {
        run(channel -> {
            for (var message : messages) {
                channel.basicPublish(
                        message.exchange(),
                        message.routingKey(),
                        Foreign091.toAmqp(message.properties()),
                        message.body().getBytes());
            }
            channel.waitForConfirmsOrDie(PATIENCE_MILLIS);
            return null;
        });
    }

    @Override
    public Taken get(String queue) {
        var got = run(channel -> channel.basicGet(queue, true));
        if (got == null) {
            return null;
        }
        var message = new BridgeMessage(
                got.getEnvelope().getExchange(),
                got.getEnvelope().getRoutingKey(),
                Foreign091.fromAmqp(got.getProps()),
                Buffer.buffer(got.getBody()));
        return new Taken(message, got.getEnvelope().isRedeliver());
    }

    @Override
    public Status status(String queue) {
        var found = run(channel -> channel.queueDeclarePassive(queue));
        return new Status(found.getMessageCount(), found.getConsumerCount());
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.abort((int) PATIENCE_MILLIS);
        }
    }
}
