package dev.busbar.testing.broker;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.BrokerUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * Sends and takes messages by Qpid's blocking client of AMQP 1.0, so that nothing of them is converted on the way. What
 * AMQP 1.0 has no word for, another client does.
 */
public final class Amqp10Admin implements Admin {

    /** Addresses the queues and exchanges of one kind of broker. */
    public interface Nodes {

        /** Returns the address to attach a sender to; {@code null} for the anonymous relay. */
        String target(String exchange);

        /** Addresses a message that goes to the {@link #target}. */
        void address(AdvancedMessage<Object> message, BridgeMessage from) throws ClientException;

        /** Returns the address to attach a receiver to. */
        String source(String queue);

        /** Returns a received message in the terms of tests. */
        BridgeMessage received(Amqp10Message message, String queue);

        /** Returns whether the message was delivered before. */
        default boolean redelivered(Amqp10Message message) {
            return message.header().getDeliveryCount() > 0;
        }
    }

    private final Admin topology;
    private final Messages10 messages;
    private final List<String> own = new ArrayList<>();

    /**
     * Makes a client for one broker.
     *
     * @param topology for all but messages; closed with this client
     */
    public Amqp10Admin(BrokerUri uri, Admin topology, Nodes nodes) {
        this.topology = topology;
        this.messages = new Messages10(uri, nodes, topology::status);
    }

    @Override
    public void publish(List<BridgeMessage> batch) {
        messages.stopTaking();
        messages.publish(batch);
    }

    @Override
    public Taken get(String queue) {
        return messages.take(queue);
    }

    private Admin topology() {
        messages.stopTaking();
        return topology;
    }

    @Override
    public boolean queueExists(String queue) {
        return topology().queueExists(queue);
    }

    @Override
    public boolean exchangeExists(String exchange) {
        return topology().exchangeExists(exchange);
    }

    @Override
    public void declareQueue(String queue, Map<String, Object> arguments) {
        topology().declareQueue(queue, arguments);
    }

    @Override
    public void declareAutoDeleteQueue(String queue) {
        topology().declareAutoDeleteQueue(queue);
    }

    /**
     * Declares a queue of this client alone. No other connection could read a queue that is exclusive to the other
     * client.
     */
    @Override
    public String declareOwnQueue() {
        var name = "own-" + UUID.randomUUID();
        topology().declareQueue(name);
        own.add(name);
        return name;
    }

    @Override
    public void declareExchange(String exchange, String type) {
        topology().declareExchange(exchange, type);
    }

    @Override
    public void bind(String queue, String exchange, String key) {
        topology().bind(queue, exchange, key);
    }

    @Override
    public void deleteQueue(String queue) {
        topology().deleteQueue(queue);
    }

    @Override
    public void deleteExchange(String exchange) {
        topology().deleteExchange(exchange);
    }

    @Override
    public Status status(String queue) {
        return topology().status(queue);
    }

    @Override
    public void close() {
        messages.close();
        own.forEach(topology::deleteQueue);
        topology.close();
    }
}
