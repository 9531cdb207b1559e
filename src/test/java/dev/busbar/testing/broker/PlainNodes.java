package dev.busbar.testing.broker;

import dev.busbar.codec.BridgeMessage;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * Addresses a peer that has queues and no exchanges. What tests send to an exchange goes to the queue of its name, a
 * hyphen and the first word of the key.
 */
final class PlainNodes implements Amqp10Admin.Nodes {

    @Override
    public String target(String exchange) {
        return null;
    }

    @Override
    public void address(AdvancedMessage<Object> message, BridgeMessage from) throws ClientException {
        message.to(
                from.exchange().isEmpty()
                        ? from.routingKey()
                        : from.exchange() + "-" + from.routingKey().replaceAll("\\..*", ""));
        message.subject(from.properties().type());
    }

    @Override
    public String source(String queue) {
        return queue;
    }

    @Override
    public BridgeMessage received(Amqp10Message message, String queue) {
        var to = message.properties().getTo();
        return new BridgeMessage("", to == null ? queue : to, Foreign10.properties(message, true), message.body());
    }
}
