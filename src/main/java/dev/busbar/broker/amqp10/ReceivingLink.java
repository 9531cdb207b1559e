package dev.busbar.broker.amqp10;

import dev.busbar.broker.Settlement;
import dev.busbar.codec.MessageProperties;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Function;
import org.apache.qpid.proton.message.Message;

/**
 * One attached link, and the settling of its deliveries: what is settled in one turn of the event loop is written at
 * its end. Confined to the event loop.
 */
abstract sealed class ReceivingLink permits Receiving, Fetching {

    final ContextInternal context;
    final WholeReceiver receiver;
    final Dialect dialect;
    private final Function<Message, Place> places;
    private final Dispositions settled = new Dispositions();
    private boolean open = true;

    ReceivingLink(ContextInternal context, WholeReceiver receiver, Dialect dialect, Function<Message, Place> places) {
        this.context = context;
        this.receiver = receiver;
        this.dialect = dialect;
        this.places = places;
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

    final Place place(Message message) {
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
        if (delivery.settled || !open) {
            return;
        }
        delivery.settled = true;
        settled.add(delivery.proton(), dialect.state(settlement));
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

    /** The link goes: what is unsettled is the broker's again; what has been settled, the end of the session sends. */
    void end() {
        settled.write();
        open = false;
    }
}
