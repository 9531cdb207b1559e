package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.rabbitmq.RabbitMQClient;
import java.io.IOException;
import java.util.Map;

/**
 * Implements the commands of {@link RabbitMQClient} that wait for the broker's answer. The answer is awaited on a
 * worker thread.
 */
abstract class ChannelCommands implements RabbitMQClient {

    private static final JsonObject NO_ARGUMENTS = new JsonObject();

    /** Calls the Java client and waits for the broker. */
    interface Command<T> {
        T on(Channel channel) throws IOException;
    }

    /**
     * Runs a command on the present channel, after those called before it.
     *
     * @param doing for the error message, e.g. {@code declaring queue 'q'}
     */
    abstract <T> Future<T> call(String doing, Command<T> command);

    @Override
    public Future<Void> exchangeDeclare(String exchange, String type, boolean durable, boolean autoDelete) {
        return exchangeDeclare(exchange, type, durable, autoDelete, NO_ARGUMENTS);
    }

    @Override
    public Future<Void> exchangeDeclare(
            String exchange, String type, boolean durable, boolean autoDelete, JsonObject config) {
        return call(
                        "declaring exchange '" + exchange + "'",
                        channel -> channel.exchangeDeclare(exchange, type, durable, autoDelete, config.getMap()))
                .mapEmpty();
    }

    @Override
    public Future<Void> exchangeDelete(String exchange) {
        return call("deleting exchange '" + exchange + "'", channel -> channel.exchangeDelete(exchange))
                .mapEmpty();
    }

    @Override
    public Future<Void> exchangeBind(String destination, String source, String routingKey) {
        return exchangeBind(destination, source, routingKey, Map.of());
    }

    @Override
    public Future<Void> exchangeBind(
            String destination, String source, String routingKey, Map<String, Object> arguments) {
        return call(
                        "binding exchange '" + destination + "' to exchange '" + source + "'",
                        channel -> channel.exchangeBind(destination, source, routingKey, arguments))
                .mapEmpty();
    }

    @Override
    public Future<Void> exchangeUnbind(String destination, String source, String routingKey) {
        return exchangeUnbind(destination, source, routingKey, Map.of());
    }

    @Override
    public Future<Void> exchangeUnbind(
            String destination, String source, String routingKey, Map<String, Object> arguments) {
        return call(
                        "unbinding exchange '" + destination + "' from exchange '" + source + "'",
                        channel -> channel.exchangeUnbind(destination, source, routingKey, arguments))
                .mapEmpty();
    }

    @Override
    public Future<JsonObject> queueDeclareAuto() {
        return call("declaring a queue", Channel::queueDeclare)
                .map(queue -> new JsonObject()
                        .put("queue", queue.getQueue())
                        .put("messageCount", queue.getMessageCount())
                        .put("consumerCount", queue.getConsumerCount()));
    }

    @Override
    public Future<AMQP.Queue.DeclareOk> queueDeclare(
            String queue, boolean durable, boolean exclusive, boolean autoDelete) {
        return queueDeclare(queue, durable, exclusive, autoDelete, NO_ARGUMENTS);
    }

    @Override
    public Future<AMQP.Queue.DeclareOk> queueDeclare(
            String queue, boolean durable, boolean exclusive, boolean autoDelete, JsonObject config) {
        return call(
                "declaring queue '" + queue + "'",
                channel -> channel.queueDeclare(queue, durable, exclusive, autoDelete, config.getMap()));
    }

    @Override
    public Future<AMQP.Queue.DeleteOk> queueDelete(String queue) {
        return call("deleting queue '" + queue + "'", channel -> channel.queueDelete(queue));
    }

    @Override
    public Future<AMQP.Queue.DeleteOk> queueDeleteIf(String queue, boolean ifUnused, boolean ifEmpty) {
        return call("deleting queue '" + queue + "'", channel -> channel.queueDelete(queue, ifUnused, ifEmpty));
    }

    @Override
    public Future<Void> queueBind(String queue, String exchange, String routingKey) {
        return queueBind(queue, exchange, routingKey, Map.of());
    }

    @Override
    public Future<Void> queueBind(String queue, String exchange, String routingKey, Map<String, Object> arguments) {
        return call(
                        "binding queue '" + queue + "' to exchange '" + exchange + "' by '" + routingKey + "'",
                        channel -> channel.queueBind(queue, exchange, routingKey, arguments))
                .mapEmpty();
    }

    @Override
    public Future<Void> queueUnbind(String queue, String exchange, String routingKey) {
        return queueUnbind(queue, exchange, routingKey, Map.of());
    }

    @Override
    public Future<Void> queueUnbind(String queue, String exchange, String routingKey, Map<String, Object> arguments) {
        return call(
                        "unbinding queue '" + queue + "' from exchange '" + exchange + "'",
                        channel -> channel.queueUnbind(queue, exchange, routingKey, arguments))
                .mapEmpty();
    }

    @Override
    public Future<Long> messageCount(String queue) {
        return call("counting the messages of queue '" + queue + "'", channel -> channel.messageCount(queue));
    }
}
