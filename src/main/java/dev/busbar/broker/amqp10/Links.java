package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.proton.ProtonLink;
import io.vertx.proton.ProtonSender;
import io.vertx.proton.ProtonSession;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Accepted;
import org.apache.qpid.proton.amqp.messaging.Modified;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;

/** Attaches links, and reports what ends them. */
final class Links {

    /**
     * Every outcome that this client understands: a broker that is not told closes the link instead of rejecting a
     * transfer.
     */
    private static final Symbol[] OUTCOMES = {
        Accepted.DESCRIPTOR_SYMBOL, Rejected.DESCRIPTOR_SYMBOL, Released.DESCRIPTOR_SYMBOL, Modified.DESCRIPTOR_SYMBOL
    };

    private Links() {}

    /**
     * Attaches a sender.
     *
     * @param doing what is being done, for messages
     * @param ended called when the broker ends the link after it has been attached
     */
    static Future<ProtonSender> sender(
            Peer peer,
            ProtonSession session,
            String name,
            Target target,
            String doing,
            Handler<BrokerException> ended) {
        var sender = GatheringSender.create(peer.context(), session, name);
        var source = new Source();
        source.setAddress(name);
        source.setOutcomes(OUTCOMES);
        sender.setSource(source);
        sender.setTarget(target);
        return attached(peer, sender, doing, ended, () -> sender.getRemoteTarget() != null);
    }

    /** Detaches a link that is not needed any more, for good. */
    static void detach(ProtonLink<?> link) {
        link.closeHandler(ignored -> link.free());
        link.detachHandler(ignored -> link.free());
        link.close();
    }

    /** Attaches a receiver, which has no credit yet; see {@link #sender}. */
    static Future<WholeReceiver> receiver(
            Peer peer,
            ProtonSession session,
            String name,
            Source source,
            String doing,
            Handler<BrokerException> ended) {
        return receiver(peer, session, name, source, Map.of(), doing, ended);
    }

    /**
     * Attaches a receiver, which has no credit yet; see {@link #sender}.
     *
     * @param properties the properties of the link
     */
    static Future<WholeReceiver> receiver(
            Peer peer,
            ProtonSession session,
            String name,
            Source source,
            Map<Symbol, Object> properties,
            String doing,
            Handler<BrokerException> ended) {
        var receiver = WholeReceiver.create(session, name);
        if (!properties.isEmpty()) {
            receiver.setProperties(properties);
        }
        source.setOutcomes(OUTCOMES);
        receiver.setSource(source);
        return attached(peer, receiver, doing, ended, () -> receiver.getRemoteSource() != null)
                .map(receiver);
    }

    /**
     * Opens a link, and completes when the broker has attached it. A broker that refuses a link attaches it without a
     * terminus, and then detaches it with the reason.
     */
    static <L extends ProtonLink<L>> Future<L> attached(
            Peer peer, L link, String doing, Handler<BrokerException> ended, Terminus terminus) {
        Promise<L> attached = peer.context().promise();
        link.openHandler(result -> {
            if (result.succeeded() && terminus.exists()) {
                attached.tryComplete(link);
            }
        });
        Runnable gone = () -> {
            var reason = AmqpErrors.translate(link.getRemoteCondition(), doing);
            link.close();
            link.free();
            if (!attached.tryFail(reason)) {
                ended.handle(reason);
            }
        };
        link.closeHandler(ignored -> gone.run());
        link.detachHandler(ignored -> gone.run());
        link.open();
        return peer.inTime(attached.future(), doing);
    }

    /** Tells whether the broker has attached its end of a link with a terminus. */
    interface Terminus {
        boolean exists();
    }
}
