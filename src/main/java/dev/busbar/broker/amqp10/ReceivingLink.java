package dev.busbar.broker.amqp10;

import dev.busbar.broker.Settlement;
import dev.busbar.codec.MessageProperties;
import io.vertx.core.internal.ContextInternal;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.impl.ProtonDeliveryImpl;
import java.util.function.Function;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.message.Message;

/**
 * One attached link, and the settling of its deliveries: what is settled in one turn of the event loop is written at
 * its end. Confined to the event loop.
 */
abstract sealed class ReceivingLink permits Receiving, Fetching {

    final ContextInternal context;
    final WholeReceiver receiver;
    final Dialect dialect;
    private final Function<Message, MessageAddress> places;
    private final Dispositions settled = new Dispositions();
    private final TakenBackLog takenBack;
    private boolean open = true;

    ReceivingLink(
            ContextInternal context,
            WholeReceiver receiver,
            Dialect dialect,
            Function<Message, MessageAddress> places) {
        this.context = context;
        this.receiver = receiver;
        this.dialect = dialect;
        this.places = places;
        this.takenBack = new TakenBackLog(receiver.getRemoteAddress());
    }

    final Amqp10Delivery delivery(ProtonDelivery proton, Message message) {
        var delivery = new Amqp10Delivery(this, proton, message);
        ((ProtonDeliveryImpl) proton).handler(ignored -> updated(delivery));
        return delivery;
    }

    /**
     * Ends a delivery for which the broker has an outcome of its own. RabbitMQ from 4.3 on takes a message back for
     * which it has waited longer than its {@code consumer_timeout}, and gives this link nothing more until the delivery
     * is settled as accepted; the message is in its queue again by then and is not affected. (Settled as released or
     * modified, the link gets nothing more.) Of any other broker that is not known, and the message is given back.
     */
    private void updated(Amqp10Delivery delivery) {
        var said = delivery.proton().getRemoteState();
        if (!delivery.settled && open && (said != null || delivery.proton().remotelySettled())) {
            takenBack.add(delivery.messageId());
            settle(
                    delivery,
                    said instanceof Released && dialect.takesBackByReleasing()
                            ? Accepted.getInstance()
                            : dialect.state(Settlement.REQUEUED));
        }
    }

    /**
     * Deliveries have been settled in this turn: grants what credit is due for them, and has all of it written.
     *
     * @param count how many
     */
    abstract void settled(int count);

    final MessageProperties meant(MessageProperties properties) {
        return dialect.received(properties);
    }

    final MessageAddress place(Message message) {
        return places.apply(message);
    }

    final boolean open() {
        return open;
    }

    /** From any thread. */
    final void settle(Amqp10Delivery delivery, Settlement settlement) {
        var loop = context.nettyEventLoop();
        if (loop.inEventLoop()) {
            settleOnLoop(delivery, settlement);
        } else {
            loop.execute(() -> settleOnLoop(delivery, settlement));
        }
    }

    private void settleOnLoop(Amqp10Delivery delivery, Settlement settlement) {
        if (!delivery.settled && open) {
            settle(delivery, dialect.state(settlement));
        }
    }

    private void settle(Amqp10Delivery delivery, DeliveryState state) {
        delivery.settled = true;
        settled.add(delivery.proton(), state);
        if (settled.count() == 1) {
            context.runOnContext(ignored -> write());
        }
    }

    private void write() {
        var count = settled.count();
        settled.write();
        if (open) {
            settled(count);
        }
    }

    /** Before this end ends the session: gives back what is unsettled, where the broker would count it as failed. */
    final void giveBack() {
        if (dialect.blamesWhatASessionLeaves()) {
            settled.addUnsettled(receiver, dialect.state(Settlement.REQUEUED));
        }
    }

    /** The link goes: what is unsettled is the broker's again; what has been settled, the end of the session sends. */
    void end() {
        settled.write();
        open = false;
    }
}
