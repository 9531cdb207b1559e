package dev.busbar.broker.amqp10;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import io.vertx.proton.ProtonDelivery;
import org.apache.qpid.proton.message.Message;

/** A delivery of one link; mapped when it is first looked at. */
final class Amqp10Delivery implements Delivery {

    private final ReceivingLink link;
    private final ProtonDelivery proton;
    private Message received;
    private ReceivedParts content;
    private BridgeMessage message;
    boolean settled;

    Amqp10Delivery(ReceivingLink link, ProtonDelivery proton, Message received) {
        this.link = link;
        this.proton = proton;
        this.received = received;
    }

    ProtonDelivery proton() {
        return proton;
    }

    private ReceivedParts content() {
        if (content == null) {
            content = MessageMapping.fromAmqp(received);
        }
        return content;
    }

    @Override
    public BridgeMessage message() {
        if (message == null) {
            var messageAddress = link.place(received);
            var properties = link.meant(content().properties());
            message = new BridgeMessage(
                    messageAddress.exchange(),
                    messageAddress.routingKey(),
                    messageAddress.type() == null
                            ? properties
                            : properties.toBuilder().type(messageAddress.type()).build(),
                    content().body());
        }
        return message;
    }

    /** {@code null} if it has none, or its content is forgotten. */
    String messageId() {
        return received == null ? null : message().properties().messageId();
    }

    @Override
    public String incomplete() {
        return content().incomplete();
    }

    /** A broker that counts none may still say that somebody has had it before. */
    @Override
    public boolean redelivered() {
        var header = received.getHeader();
        return received.getDeliveryCount() > 0 || (header != null && Boolean.FALSE.equals(header.getFirstAcquirer()));
    }

    @Override
    public void forget() {
        received = null;
        content = null;
        message = null;
    }

    @Override
    public boolean live() {
        return !settled && link.open();
    }

    @Override
    public void settle(Settlement settlement) {
        link.settle(this, settlement);
    }
}
