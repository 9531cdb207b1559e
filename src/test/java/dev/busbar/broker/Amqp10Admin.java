package dev.busbar.broker;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.BrokerUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * Qpid's blocking client of AMQP 1.0 for messages, so that nothing of them is converted on the way; what the protocol
 * has no word for, another client does.
 */
public final class Amqp10Admin implements Admin {

    /** How a broker's queues and exchanges are addressed. */
    public interface Nodes {

        /** What to attach a sender to; {@code null} for the anonymous relay. */
        String target(String exchange);

        /** Addresses a message that goes to the {@link #target}. */
        void address(AdvancedMessage<Object> message, BridgeMessage from) throws ClientException;

        /** What to attach a receiver to. */
        String source(String queue);

        /** A message received, in the terms of tests. */
        BridgeMessage received(Amqp10Message message, String queue);

        /** Whether somebody was given it before. */
        default boolean redelivered(Amqp10Message message) {
            return message.header().getDeliveryCount() > 0;
        }
    }

    private final Admin topology;
    private final Messages10 messages;
    private final List<String> own = new ArrayList<>();

    /** @param topology for all but messages; closed with this */
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

    /** No other connection could read what the other client has for itself. */
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
