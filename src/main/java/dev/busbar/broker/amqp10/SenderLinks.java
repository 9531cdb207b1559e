package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.codec.BridgeMessage;
import io.vertx.core.Future;
import io.vertx.proton.ProtonSender;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.message.Message;

/**
 * Attaches the sender links of one session, one for each target: the links that a publisher says it will need, and
 * others at the first message for them. Where each address is a target of its own, those that have been idle for
 * longest are detached when there are more than {@value #MAX_LINKS}. Confined to the event loop.
 */
final class SenderLinks {

    private static final int MAX_LINKS = 100;

    private final LinkLifecycle.Session session;
    private final String name;
    private final Runnable onFlow;
    /** Holds the link that was used last at the end. */
    private final Map<String, Future<ProtonSender>> byTarget = new LinkedHashMap<>(16, 0.75f, true);

    /** @param onFlow called when the broker has granted credit, or has closed or opened the session's window */
    SenderLinks(LinkLifecycle.Session session, String name, Runnable onFlow) {
        this.session = session;
        this.name = name;
        this.onFlow = onFlow;
        session.peer().windows().observe(session.proton(), onFlow);
    }

    /** Attaches the link for an exchange; does nothing where no link is for all its messages. */
    Future<Void> ahead(String exchange) {
        var dialect = session.peer().dialect();
        return dialect.hasTargetOfExchange(session.peer())
                ? to(dialect.target(exchange), exchange).mapEmpty()
                : Future.succeededFuture();
    }

    private Future<ProtonSender> to(Target target, String exchange) {
        var sender = byTarget.get(target.getAddress());
        return sender == null ? attach(target, exchange) : sender;
    }

    private Future<ProtonSender> attach(Target target, String exchange) {
        if (byTarget.size() >= MAX_LINKS) {
            // In a turn of its own: a link that has just been attached has messages that are about to be sent.
            session.peer().context().runOnContext(ignored -> detachIdle());
        }
        var address = target.getAddress();
        var doing = "attaching to "
                + (session.peer().dialect().hasTargetOfExchange(session.peer())
                        ? "exchange '" + exchange + "'"
                        : "address '" + address + "'");
        var sender = Links.sender(session.peer(), session.proton(), Peer.linkName(name), target, doing, session::lost)
                .onSuccess(attached -> attached.sendQueueDrainHandler(ignored -> onFlow.run()));
        byTarget.put(address, sender);
        sender.onFailure(ignored -> byTarget.remove(address));
        return sender;
    }

    private void detachIdle() {
        var before = byTarget.size();
        for (var senders = byTarget.values().iterator(); byTarget.size() > MAX_LINKS && senders.hasNext(); ) {
            var sender = senders.next();
            if (sender.succeeded() && GatheringSender.isIdle(sender.result())) {
                senders.remove();
                if (session.present()) {
                    Links.detach(sender.result());
                }
            }
        }
        if (byTarget.size() < before) {
            // The link that is gone may have been the one without credit.
            onFlow.run();
        }
    }

    /** Whether the session and every attached link may send. */
    boolean maySend() {
        if (windowClosed()) {
            return false;
        }
        for (var sender : byTarget.values()) {
            if (sender.succeeded() && sender.result().sendQueueFull()) {
                return false;
            }
        }
        return true;
    }

    /** Whether the broker takes no transfers in this session, whatever credit it has granted. */
    boolean windowClosed() {
        return session.peer().windows().isClosed(session.proton());
    }

    /** @param message what is sent, as {@code amqp} */
    void send(BridgeMessage message, Message amqp, Transfers.Transfer transfer) {
        var sender = to(session.peer().dialect().target(session.peer(), message), message.exchange());
        if (sender.succeeded()) {
            send(sender.result(), amqp, transfer);
        } else {
            sender.onComplete(attached -> send(attached, amqp, transfer), failure -> transfer.end(outcome(failure)));
        }
    }

    /** Returns the outcome for a message whose link could not be attached. */
    private PublishOutcome outcome(Throwable failure) {
        var noSuchAddress = !session.peer().dialect().hasTargetOfExchange(session.peer())
                && failure instanceof BrokerException known
                && known.kind() == BrokerException.Kind.NOT_FOUND;
        return noSuchAddress
                ? new PublishOutcome.Unroutable(failure.getMessage())
                : new PublishOutcome.Refused(failure.getMessage());
    }

    private static void send(ProtonSender sender, Message amqp, Transfers.Transfer transfer) {
        try {
            sender.send(amqp, transfer);
        } catch (RuntimeException e) {
            transfer.end(new PublishOutcome.Refused("it cannot be sent: " + e.getMessage()));
        }
    }
}
