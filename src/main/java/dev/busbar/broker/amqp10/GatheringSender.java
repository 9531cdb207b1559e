package dev.busbar.broker.amqp10;

import io.vertx.core.Handler;
import io.vertx.core.internal.ContextInternal;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonQoS;
import io.vertx.proton.ProtonSender;
import io.vertx.proton.ProtonSession;
import io.vertx.proton.impl.ProtonDeliveryImpl;
import io.vertx.proton.impl.ProtonReadableBufferImpl;
import io.vertx.proton.impl.ProtonSenderImpl;
import io.vertx.proton.impl.ProtonWritableBufferImpl;
import org.apache.qpid.proton.engine.Sender;
import org.apache.qpid.proton.message.Message;
import org.apache.qpid.proton.message.impl.MessageImpl;

/**
 * Writes the messages that are sent within one turn of the event loop to the socket together, at the end of the turn:
 * vertx-proton would write each message by itself. Settles a delivery that the broker has settled, after its handler
 * has been called.
 */
final class GatheringSender extends ProtonSenderImpl {

    private final ContextInternal context;
    private boolean gathering;

    private GatheringSender(ContextInternal context, Sender sender) {
        super(sender);
        this.context = context;
        setQoS(ProtonQoS.AT_LEAST_ONCE);
    }

    /** Makes a link that is not attached yet. */
    static ProtonSender create(ContextInternal context, ProtonSession session, String name) {
        return new GatheringSender(context, ProtonEngine.of(session).sender(name));
    }

    @Override
    public ProtonDelivery send(byte[] tag, Message message, Handler<ProtonDelivery> updated) {
        var sender = (Sender) link;
        var buffer = new ProtonWritableBufferImpl();
        ((MessageImpl) message).encode(buffer);
        requireSize(buffer.position());
        var delivery = sender.delivery(tag);
        sender.sendNoCopy(new ProtonReadableBufferImpl(buffer.getBuffer()));
        sender.advance();
        if (!gathering) {
            gathering = true;
            context.runOnContext(ignored -> write());
        }
        return new ProtonDeliveryImpl(delivery).handler(update -> {
            if (updated != null) {
                updated.handle(update);
            }
            if (update.remotelySettled() && !delivery.isSettled()) {
                delivery.settle();
            }
        });
    }

    /**
     * Refuses a message that is too large for the broker, which would end the session over it, and with the session the
     * link of everything in flight.
     */
    private void requireSize(long bytes) {
        var maxBytes = getRemoteMaxMessageSize();
        // 0 means no limit (part 2, section 2.7.3).
        if (maxBytes != null && maxBytes.longValue() > 0 && bytes > maxBytes.longValue()) {
            throw new IllegalArgumentException("it has " + bytes
                    + " bytes with its properties and headers, and the broker takes " + maxBytes.longValue()
                    + ": raise the limit there (RabbitMQ: max_message_size), or send less");
        }
    }

    /** Whether every message that was sent on a link has its outcome. */
    static boolean isIdle(ProtonSender sender) {
        return ((Sender) ((GatheringSender) sender).link).getUnsettled() == 0;
    }

    private void write() {
        gathering = false;
        ProtonEngine.flush(this);
    }
}
