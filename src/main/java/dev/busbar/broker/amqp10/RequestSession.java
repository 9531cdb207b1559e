package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.PublishOutcome;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import io.vertx.proton.ProtonSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.message.Message;

/**
 * Carries requests to a node of the broker, and their answers, over two links of one session. Confined to the event
 * loop.
 */
final class RequestSession {

    /** How many requests may be unanswered: RabbitMQ ends the session over an answer for which it has no credit. */
    private static final int MAX_UNANSWERED = 100;

    /**
     * A request that was sent.
     *
     * @param id its message id, which its answer has as correlation id
     * @param answer completes with the answer, whenever that comes; fails if the broker does not accept the request
     */
    record Sent(Object id, RequestLink.Request request, Promise<Message> answer) {}

    private final ProtonSession session;
    private final ProtonSender sender;
    private final String replyTo;
    /** The requests without an answer, by message id. They are in the order sent, in which the broker answers. */
    private final Map<Object, Sent> unanswered = new LinkedHashMap<>();

    private RequestSession(ProtonSession session, ProtonSender sender, ProtonReceiver receiver, String replyTo) {
        this.session = session;
        this.sender = sender;
        this.replyTo = replyTo;
        receiver.setAutoAccept(true);
        receiver.handler((delivery, message) -> {
            receiver.flow(1);
            answered(message);
        });
        receiver.flow(MAX_UNANSWERED);
    }

    /**
     * Attaches the links.
     *
     * @param ended called with the reason when the broker has ended a link
     */
    static Future<RequestSession> attach(
            Peer peer, ProtonSession session, RequestLink.Form form, Handler<BrokerException> ended) {
        var doing = "opening links to " + form.node();
        return form.paired()
                ? LinkPair.attach(peer, session, form.node(), doing, ended)
                        .map(pair -> new RequestSession(session, pair.sender(), pair.receiver(), LinkPair.REPLY_TO))
                : attachWithTemporaryAddress(peer, session, form.node(), doing, ended);
    }

    private static Future<RequestSession> attachWithTemporaryAddress(
            Peer peer, ProtonSession session, String node, String doing, Handler<BrokerException> ended) {
        var name = Peer.linkName(node);
        var source = new Source();
        source.setDynamic(true);
        var target = new Target();
        target.setAddress(node);
        return Links.receiver(peer, session, name, source, doing, ended)
                .compose(receiver -> Links.sender(peer, session, name, target, doing, ended)
                        .map(sender -> new RequestSession(session, sender, receiver, receiver.getRemoteAddress())));
    }

    ProtonSession session() {
        return session;
    }

    boolean hasRoom() {
        return unanswered.size() < MAX_UNANSWERED;
    }

    /** Returns the request that the broker works at; {@code null} if none is unanswered. */
    Sent first() {
        return unanswered.isEmpty() ? null : unanswered.values().iterator().next();
    }

    Sent send(Object id, RequestLink.Request request, Promise<Message> answer) {
        var sent = new Sent(id, request, answer);
        var message = request.message();
        message.setReplyTo(replyTo);
        message.setMessageId(id);
        message.setCorrelationId(id);
        unanswered.put(id, sent);
        try {
            sender.send(message, update -> updated(update, sent));
        } catch (IllegalArgumentException e) {
            answer.tryFail(new BrokerException(Kind.LIMIT, "cannot be asked " + request.doing(), e));
        }
        return sent;
    }

    /** Fails a request that the broker does not accept. For a request that was sent settled, no disposition comes. */
    private static void updated(ProtonDelivery update, Sent sent) {
        if (update.getRemoteState() != null
                && !(Outcomes.of(update.getRemoteState()) instanceof PublishOutcome.Confirmed)) {
            sent.answer()
                    .tryFail(new BrokerException(
                            Kind.REFUSED,
                            "the broker does not take the request "
                                    + sent.request().doing() + ": " + update.getRemoteState()));
        }
    }

    private void answered(Message message) {
        var sent = unanswered.get(message.getCorrelationId());
        if (sent != null) {
            sent.answer().tryComplete(message);
        }
    }

    /** Waits no longer for an answer; returns whether it has been waited for. */
    boolean forget(Sent sent) {
        return unanswered.remove(sent.id(), sent);
    }

    /** Forgets all requests without an answer, and returns them in the order sent. */
    List<Sent> takeUnanswered() {
        var all = List.copyOf(unanswered.values());
        unanswered.clear();
        return all;
    }

    /** Forgets the requests that may be sent again, but for the first one, and returns them in the order sent. */
    List<Sent> takeRepeatableBehindFirst() {
        var taken = unanswered.values().stream()
                .skip(1)
                .filter(sent -> sent.request().repeatable())
                .toList();
        unanswered.values().removeAll(taken);
        return taken;
    }
}
