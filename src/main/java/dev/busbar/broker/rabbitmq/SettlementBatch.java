package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.Settlement;
import io.vertx.rabbitmq.RabbitMQMessage;
import java.util.ArrayList;

/**
 * Settles the deliveries of one channel. Deliveries accepted in one turn of the event loop are acknowledged at its end:
 * with one frame up to the oldest unsettled delivery, and one by one beyond that. Confined to the event loop.
 */
final class SettlementBatch {

    private final EventLoopRabbitMQClient client;
    private final ArrayList<RabbitMqDelivery> accepted = new ArrayList<>();
    private RabbitMqDelivery oldest;
    private RabbitMqDelivery newest;
    private boolean open = true;

    SettlementBatch(EventLoopRabbitMQClient client) {
        this.client = client;
    }

    BrokerDifferences dialect() {
        return client.dialect();
    }

    boolean open() {
        return open;
    }

    /** Ends the batch because the channel is lost: the broker has the unsettled deliveries back. */
    void end() {
        open = false;
        accepted.clear();
        oldest = null;
        newest = null;
    }

    /** Adds a received message to the unsettled deliveries. */
    RabbitMqDelivery received(RabbitMQMessage message) {
        var delivery = new RabbitMqDelivery(this, message);
        delivery.older = newest;
        if (newest == null) {
            oldest = delivery;
        } else {
            newest.newer = delivery;
        }
        newest = delivery;
        return delivery;
    }

    /** Settles a delivery, once. May be called from any thread. */
    void settle(RabbitMqDelivery delivery, Settlement settlement) {
        client.onLoop(() -> settleOnLoop(delivery, settlement));
    }

    private void settleOnLoop(RabbitMqDelivery delivery, Settlement settlement) {
        if (delivery.settled || !open) {
            return;
        }
        delivery.settled = true;
        if (settlement == Settlement.ACCEPTED
                || (settlement == Settlement.REJECTED && dialect().rejectionRequeues())) {
            if (accepted.isEmpty()) {
                client.context().runOnContext(ignored -> flush());
            }
            accepted.add(delivery);
        } else if (settlement == Settlement.FAILED) {
            remove(delivery);
            client.basicReject(delivery.tag());
        } else {
            remove(delivery);
            client.basicNack(delivery.tag(), false, settlement != Settlement.REJECTED);
        }
    }

    /** Acknowledges the accepted deliveries now. A batch whose channel is lost sends nothing. */
    void flush() {
        if (accepted.isEmpty()) {
            return;
        }
        RabbitMqDelivery last = null;
        var count = 0;
        while (oldest != null && oldest.settled) {
            last = oldest;
            count++;
            remove(oldest);
        }
        if (last != null) {
            client.basicAck(last.tag(), count > 1);
        }
        for (var delivery : accepted) {
            if (!delivery.removed) {
                remove(delivery);
                client.basicAck(delivery.tag(), false);
            }
        }
        accepted.clear();
    }

    /**
     * Gives back the unsettled deliveries before the channel closes: RabbitMQ 4.3 counts deliveries that a closing
     * channel leaves behind as failed, but not those that are given back.
     */
    void giveBack() {
        flush();
        if (newest != null && dialect().requeuesEachByItself()) {
            for (var each = oldest; each != null; each = each.newer) {
                client.basicNack(each.tag(), false, true);
            }
        } else if (newest != null) {
            client.basicNack(newest.tag(), true, true);
        }
    }

    private void remove(RabbitMqDelivery delivery) {
        delivery.removed = true;
        if (delivery.older == null) {
            oldest = delivery.newer;
        } else {
            delivery.older.newer = delivery.newer;
        }
        if (delivery.newer == null) {
            newest = delivery.older;
        } else {
            delivery.newer.older = delivery.older;
        }
        delivery.older = null;
        delivery.newer = null;
    }
}
