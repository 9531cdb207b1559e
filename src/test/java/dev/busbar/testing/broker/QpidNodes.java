package dev.busbar.testing.broker;

import dev.busbar.codec.BridgeMessage;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** Addresses Qpid Broker-J: by {@code EXCHANGE/KEY} and {@code QUEUE}; the subject is the type, as JMS has it. */
final class QpidNodes implements Amqp10Admin.Nodes {

    @Override
    public String target(String exchange) {
        return null;
    }

    @Override
    public void address(AdvancedMessage<Object> message, BridgeMessage from) throws ClientException {
        message.to(from.exchange().isEmpty() ? from.routingKey() : from.exchange() + "/" + from.routingKey());
        message.subject(from.properties().type());
    }

    @Override
    public String source(String queue) {
        return queue;
    }

    @Override
    public BridgeMessage received(Amqp10Message message, String queue) {
        var to = message.properties().getTo().split("/", 2);
        return new BridgeMessage(
                to.length == 1 ? "" : to[0], to[to.length - 1], Foreign10.properties(message, true), message.body());
    }
}
