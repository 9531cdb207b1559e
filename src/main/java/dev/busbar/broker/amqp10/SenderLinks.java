package dev.busbar.broker.amqp10;

import dev.busbar.broker.PublishOutcome;
import io.vertx.core.Future;
import io.vertx.proton.ProtonSender;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.proton.message.Message;

/**
 * Attaches the sender links of one session, one for each target: the links that a publisher says it will need, and
 * others at the first message for them. Confined to the event loop.
 */
final class SenderLinks {

    private final LinkLifecycle.Session session;
    private final String name;
    private final Runnable onFlow;
    private final Map<String, Future<ProtonSender>> byTarget = new HashMap<>();

    /** @param onFlow called when the broker has granted credit, or has closed or opened the session's window */
    SenderLinks(LinkLifecycle.Session session, String name, Runnable onFlow) {
        this.session = session;
        this.name = name;
        this.onFlow = onFlow;
        session.peer().windows().observe(session.proton(), onFlow);
    }

    /** Returns the link for an exchange as soon as it is attached. */
    Future<ProtonSender> to(String exchange) {
        var target = session.peer().dialect().target(exchange);
        var sender = byTarget.get(target.getAddress());
        if (sender == null) {
            var doing = "attaching to exchange '" + exchange + "'";
            sender = Links.sender(session.peer(), session.proton(), Peer.linkName(name), target, doing, session::lost)
                    .onSuccess(attached -> attached.sendQueueDrainHandler(ignored -> onFlow.run()));
            byTarget.put(target.getAddress(), sender);
            sender.onFailure(ignored -> byTarget.remove(target.getAddress()));
        }
        return sender;
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

    void send(String exchange, Message message, Transfers.Transfer transfer) {
        var sender = to(exchange);
        if (sender.succeeded()) {
            send(sender.result(), message, transfer);
        } else {
            sender.onComplete(
                    attached -> send(attached, message, transfer),
                    failure -> transfer.end(new PublishOutcome.Refused(failure.getMessage())));
        }
    }

    private static void send(ProtonSender sender, Message message, Transfers.Transfer transfer) {
        try {
            sender.send(message, transfer);
        } catch (RuntimeException e) {
            transfer.end(new PublishOutcome.Refused("it cannot be sent: " + e.getMessage()));
        }
    }
}
