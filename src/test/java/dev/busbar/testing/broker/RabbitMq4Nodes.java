package dev.busbar.testing.broker;

import dev.busbar.codec.BridgeMessage;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * Addresses RabbitMQ 4: by {@code /exchanges/NAME/KEY} and {@code /queues/NAME}, percent-encoded; annotations say where
 * a message came from.
 */
final class RabbitMq4Nodes implements Amqp10Admin.Nodes {

    private static final String QUEUES = "/queues/";

    @Override
    public String target(String exchange) {
        return null;
    }

    @Override
    public void address(AdvancedMessage<Object> message, BridgeMessage from) throws ClientException {
        message.to(
                from.exchange().isEmpty()
                        ? source(from.routingKey())
                        : "/exchanges/" + encoded(from.exchange()) + "/" + encoded(from.routingKey()));
        if (message.replyTo() != null) {
            message.replyTo(source(message.replyTo()));
        }
    }

    @Override
    public String source(String queue) {
        return QUEUES + encoded(queue);
    }

    /**
     * Returns whether the message was delivered before. Classic queues of 4.0 count no deliveries, but say that
     * somebody has had the message.
     */
    @Override
    public boolean redelivered(Amqp10Message message) {
        return message.header().getDeliveryCount() > 0 || !message.header().isFirstAcquirer();
    }

    @Override
    public BridgeMessage received(Amqp10Message message, String queue) {
        var section = message.properties();
        if (section.getReplyTo() != null && section.getReplyTo().startsWith(QUEUES)) {
            section.setReplyTo(
                    URLDecoder.decode(section.getReplyTo().substring(QUEUES.length()), StandardCharsets.UTF_8));
        }
        return new BridgeMessage(
                message.annotations().get("x-exchange").toString(),
                message.annotations().get("x-routing-key").toString(),
                Foreign10.properties(message, false),
                message.body());
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
