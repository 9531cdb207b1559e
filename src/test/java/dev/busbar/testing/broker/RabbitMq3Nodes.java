package dev.busbar.testing.broker;

import dev.busbar.codec.BridgeMessage;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** Addresses the plugin of RabbitMQ 3: the subject is the routing key, also of the default exchange. */
final class RabbitMq3Nodes implements Amqp10Admin.Nodes {

    private static final String QUEUE = "/queue/";

    @Override
    public String target(String exchange) {
        return exchange.isEmpty() ? "/queue" : "/exchange/" + exchange;
    }

    @Override
    public void address(AdvancedMessage<Object> message, BridgeMessage from) throws ClientException {
        message.subject(from.routingKey());
        if (message.replyTo() != null) {
            message.replyTo(QUEUE + message.replyTo());
        }
    }

    @Override
    public String source(String queue) {
        return "/amq/queue/" + queue;
    }

    @Override
    public boolean redelivered(Amqp10Message message) {
        return !message.header().isFirstAcquirer();
    }

    /**
     * Returns a message in the terms of tests. The plugin tells only the key; the address of the queue stands for its
     * name.
     */
    @Override
    public BridgeMessage received(Amqp10Message message, String queue) {
        var section = message.properties();
        if (section.getReplyTo() != null && section.getReplyTo().startsWith(QUEUE)) {
            section.setReplyTo(section.getReplyTo().substring(QUEUE.length()));
        }
        return new BridgeMessage("", section.getSubject(), Foreign10.properties(message, false), message.body());
    }
}
