package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.Settlement;
import dev.busbar.codec.BridgeMessage;
import io.vertx.rabbitmq.RabbitMQMessage;

/**
 * Holds a delivery and its place among the unsettled deliveries of its channel, which {@link SettlementBatch} keeps.
 */
final class RabbitMqDelivery implements Delivery {

    private final SettlementBatch batch;
    private final long tag;
    private RabbitMQMessage received;
    private BridgeMessage message;
    RabbitMqDelivery older;
    RabbitMqDelivery newer;
    boolean settled;
    boolean removed;

    RabbitMqDelivery(SettlementBatch batch, RabbitMQMessage received) {
        this.batch = batch;
        this.received = received;
        this.tag = received.envelope().getDeliveryTag();
    }

    long tag() {
        return tag;
    }

    @Override
    public BridgeMessage message() {
        if (message == null) {
            message = new BridgeMessage(
                    received.envelope().getExchange(),
                    received.envelope().getRoutingKey(),
                    PropertyMapping.fromAmqp(batch.dialect().incoming((AMQP.BasicProperties) received.properties())),
                    received.body());
        }
        return message;
    }

    @Override
    public String incomplete() {
        var headers = received.properties().getHeaders();
        var unread = headers == null ? null : headers.get(ContentHeader.UNREAD);
        return unread == null ? null : "its headers were not read: " + unread;
    }

    @Override
    public boolean redelivered() {
        return received.envelope().isRedeliver();
    }

    @Override
    public void forget() {
        received = null;
        message = null;
    }

    @Override
    public boolean live() {
        return !settled && batch.open();
    }

    @Override
    public void settle(Settlement settlement) {
        batch.settle(this, settlement);
    }
}
