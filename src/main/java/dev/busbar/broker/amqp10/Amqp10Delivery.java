package dev.busbar.broker.amqp10;

import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import io.vertx.proton.ProtonDelivery;
import org.apache.qpid.proton.message.Message;

/** Holds one delivery of a link, and maps its message when the message is first looked at. */
final class Amqp10Delivery implements Delivery {

    private final ReceivingLink link;
    private final ProtonDelivery proton;
    private Message received;
    private ReceivedParts parts;
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

    private ReceivedParts parts() {
        if (parts == null) {
            parts = MessageMapping.fromAmqp(received);
        }
        return parts;
    }

    @Override
    public BridgeMessage message() {
        if (message == null) {
            var messageAddress = link.addressOf(received);
            var properties = link.asSent(parts().properties());
            message = new BridgeMessage(
                    messageAddress.exchange(),
                    messageAddress.routingKey(),
                    messageAddress.type() == null
                            ? properties
                            : properties.toBuilder().type(messageAddress.type()).build(),
                    parts().body());
        }
        return message;
    }

    /** Returns the message's id; {@code null} if the message has none, or has been forgotten. */
    String messageId() {
        return received == null ? null : message().properties().messageId();
    }

    @Override
    public String incomplete() {
        return parts().incomplete();
    }

    /** A broker that does not count deliveries may still say that another receiver has had the message before. */
    @Override
    public boolean redelivered() {
        var header = received.getHeader();
        return received.getDeliveryCount() > 0 || (header != null && Boolean.FALSE.equals(header.getFirstAcquirer()));
    }

    @Override
    public void forget() {
        received = null;
        parts = null;
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
