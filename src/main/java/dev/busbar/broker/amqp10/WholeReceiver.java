package dev.busbar.broker.amqp10;

import io.vertx.proton.ProtonMessageHandler;
import io.vertx.proton.ProtonQoS;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSession;
import io.vertx.proton.impl.ProtonDeliveryImpl;
import io.vertx.proton.impl.ProtonReceiverImpl;
import io.vertx.proton.impl.ProtonSessionImpl;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.engine.Receiver;
import org.apache.qpid.proton.engine.Session;

/**
 * Hands over every message that arrives, whole, also one that cannot be read: vertx-proton would settle that by itself.
 * Grants no credit and accepts nothing by itself; sets no bound on the size of a message.
 */
final class WholeReceiver extends ProtonReceiverImpl {

    /** vertx-proton makes the links of a session itself, and has no other way to its engine. */
    private static final VarHandle SESSION = session();

    private ProtonMessageHandler handler;

    private WholeReceiver(Receiver receiver) {
        super(receiver);
        setTarget(new Target());
        setQoS(ProtonQoS.AT_LEAST_ONCE);
        setPrefetch(0);
        setAutoAccept(false);
    }

    private static VarHandle session() {
        try {
            return MethodHandles.privateLookupIn(ProtonSessionImpl.class, MethodHandles.lookup())
                    .findVarHandle(ProtonSessionImpl.class, "session", Session.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** A link that is not attached yet. */
    static ProtonReceiver create(ProtonSession session, String name) {
        return new WholeReceiver(((Session) SESSION.get((ProtonSessionImpl) session)).receiver(name));
    }

    @Override
    public ProtonReceiver handler(ProtonMessageHandler messages) {
        handler = messages;
        return super.handler(messages);
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
        }
    }
}
