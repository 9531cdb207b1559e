package dev.busbar.broker.amqp10;

import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import io.vertx.proton.ProtonDelivery;
import java.util.function.Function;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.message.Message;

/**
 * Receives the deliveries that a broker sends as they come. Credit and unsettled deliveries together never exceed the
 * prefetch: credit is granted again for what has been settled. RabbitMQ 3 may send more than it has credit for; then
 * none is granted until there is room again. Confined to the event loop.
 */
final class Receiving extends ReceivingLink {

    private final int prefetch;
    private int unsettled;
    private boolean stopped;

    Receiving(
            ContextInternal context,
            WholeReceiver receiver,
            int prefetch,
            Dialect dialect,
            Function<Message, MessageAddress> addresses) {
        super(context, receiver, dialect, addresses);
        this.prefetch = prefetch;
    }

    void begin(Handler<? super Amqp10Delivery> handler) {
        receiver.handler((proton, message) -> received(proton, message, handler));
        receiver.flow(prefetch);
    }

    private void received(ProtonDelivery proton, Message message, Handler<? super Amqp10Delivery> handler) {
        if (stopped) {
            // The message was under way when the credit was taken back, and nobody has looked at it.
            proton.disposition(Released.getInstance(), true);
        } else {
            unsettled++;
            context.dispatch(delivery(proton, message), handler);
        }
    }

    @Override
    void settled(int count) {
        unsettled -= count;
        // The engine would write negative credit as the largest possible one.
        if (stopped || unsettled >= prefetch) {
            ProtonEngine.flush(receiver);
        } else {
            receiver.flow(prefetch - unsettled - receiver.getCredit());
        }
    }

    /**
     * Takes the credit back and grants it again, which makes the broker look whether it has something for this link.
     */
    void grantAnew() {
        var credit = receiver.getCredit();
        if (open() && !stopped && credit > 0) {
            receiver.flow(-credit);
            receiver.flow(credit);
        }
    }

    /** Takes back what credit is left. Deliveries that have been received may still be settled. */
    void stop() {
        if (!stopped && open()) {
            stopped = true;
            receiver.flow(-receiver.getCredit());
        }
    }
}
