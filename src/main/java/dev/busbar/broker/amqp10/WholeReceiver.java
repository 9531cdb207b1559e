package dev.busbar.broker.amqp10;

import io.vertx.proton.ProtonMessageHandler;
import io.vertx.proton.ProtonQoS;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSession;
import io.vertx.proton.impl.ProtonDeliveryImpl;
import io.vertx.proton.impl.ProtonReceiverImpl;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.impl.DeliveryImpl;

/**
 * Hands over every message when it has arrived whole, even one that cannot be decoded: vertx-proton would settle that
 * by itself. Grants no credit and accepts nothing by itself; sets no limit on the size of a message.
 */
final class WholeReceiver extends ProtonReceiverImpl {

    private ProtonMessageHandler handler;

    private WholeReceiver(Receiver receiver) {
        super(receiver);
        setTarget(new Target());
        setQoS(ProtonQoS.AT_LEAST_ONCE);
        setPrefetch(0);
        setAutoAccept(false);
    }

    /** Makes a link that is not attached yet. */
    static WholeReceiver create(ProtonSession session, String name) {
        return new WholeReceiver(ProtonEngine.of(session).receiver(name));
    }

    @Override
    public ProtonReceiver handler(ProtonMessageHandler messages) {
        handler = messages;
        return super.handler(messages);
    }

    /** Returns the first unsettled delivery, which leads on to the others; {@code null} if there is none. */
    DeliveryImpl head() {
        return (DeliveryImpl) link.head();
    }

    @Override
    public void onDelivery() {
        var receiver = (Receiver) link;
        var delivery = receiver.current();
        if (handler == null || delivery == null || delivery.isAborted()) {
            super.onDelivery();
        } else if (!delivery.isPartial()) {
            var message = MessageDecoder.decode(receiver.recv());
            receiver.advance();
            handler.handle(new ProtonDeliveryImpl(delivery), message);
            ProtonEngine.checkDrained(this);
        }
    }
}
