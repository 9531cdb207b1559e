package dev.busbar.testing.broker;

import dev.busbar.codec.BridgeMessage;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** Addresses ActiveMQ Artemis: by an address for each exchange, with the key in the subject. */
final class ArtemisNodes implements Amqp10Admin.Nodes {

    private final ArtemisTopologyAdmin topology;

    ArtemisNodes(ArtemisTopologyAdmin topology) {
        this.topology = topology;
    }

    @Override
    public String target(String exchange) {
        return null;
    }

    @Override
    public void address(AdvancedMessage<Object> message, BridgeMessage from) throws ClientException {
        message.to(
                from.exchange().isEmpty()
                        ? topology.qualified(from.routingKey())
                        : from.exchange().equals("amq.topic") ? from.routingKey() : from.exchange());
        message.subject(from.routingKey());
    }

    @Override
    public String source(String queue) {
        return topology.qualified(queue);
    }

    @Override
    public BridgeMessage received(Amqp10Message message, String queue) {
        var to = message.properties().getTo();
        var key = message.properties().getSubject();
        return new BridgeMessage(
                to == null || to.contains("::") ? "" : to,
                key == null ? "" : key,
                Foreign10.properties(message, false),
                message.body());
    }
}
