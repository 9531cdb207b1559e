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
 * Represents an attached receiver, and settles its deliveries. Settlements of one turn of the event loop are written
 * together at its end. Confined to the event loop.
 */
abstract sealed class ReceivingLink permits Receiving, Fetching {

    final ContextInternal context;
    final WholeReceiver receiver;
    final Dialect dialect;
    private final Function<Message, MessageAddress> addresses;
    private final Dispositions dispositions = new Dispositions();
    private final TakenBackLog takenBackLog;
    private boolean open = true;

    ReceivingLink(
            ContextInternal context,
            WholeReceiver receiver,
            Dialect dialect,
            Function<Message, MessageAddress> addresses) {
        this.context = context;
        this.receiver = receiver;
        this.dialect = dialect;
        this.addresses = addresses;
        this.takenBackLog = new TakenBackLog(receiver.getRemoteAddress());
    }

    final Amqp10Delivery delivery(ProtonDelivery proton, Message message) {
        var delivery = new Amqp10Delivery(this, proton, message);
        ((ProtonDeliveryImpl) proton).handler(ignored -> updated(delivery));
        return delivery;
    }

    /**
     * Settles a delivery for which the broker has an outcome of its own. RabbitMQ from 4.3 on takes a message back that
     * has been unsettled for longer than its {@code consumer_timeout}, and sends this link nothing more until the
     * delivery is settled as accepted. The message is in its queue again by then and is not affected. (If the delivery
     * is settled as released or modified, the link gets nothing more.) No other broker is known to do so; there the
     * message is given back.
     */
    private void updated(Amqp10Delivery delivery) {
        var said = delivery.proton().getRemoteState();
        if (!delivery.settled && open && (said != null || delivery.proton().remotelySettled())) {
            takenBackLog.add(delivery.messageId());
            settle(
                    delivery,
                    said instanceof Released && dialect.takesBackByReleasing()
                            ? Accepted.getInstance()
                            : dialect.state(Settlement.REQUEUED));
        }
    }

    /**
     * Grants the credit that is due for deliveries that have been settled in this turn, and has all of it written.
     *
     * @param count how many deliveries
     */
    abstract void settled(int count);

    final MessageProperties asSent(MessageProperties properties) {
        return dialect.received(properties);
    }

    final MessageAddress addressOf(Message message) {
        return addresses.apply(message);
    }

    final boolean open() {
        return open;
    }

    /** Settles a delivery. From any thread. */
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
        dispositions.add(delivery.proton(), state);
        if (dispositions.count() == 1) {
            context.runOnContext(ignored -> writeDispositions());
        }
    }

    private void writeDispositions() {
        var count = dispositions.count();
        dispositions.write();
        if (open) {
            settled(count);
        }
    }

    /**
     * Gives back the unsettled deliveries, if the broker would count them as failed; called before this end ends the
     * session.
     */
    final void giveBack() {
        if (dialect.blamesWhatASessionLeaves()) {
            dispositions.addUnsettled(receiver, dialect.state(Settlement.REQUEUED));
        }
    }

    /**
     * Ends the link: its unsettled deliveries return to the broker. The end of the session sends the settlements that
     * are still to be written.
     */
    void end() {
        dispositions.write();
        open = false;
    }
}
