package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import io.vertx.proton.ProtonSession;
import java.util.function.Consumer;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.message.Message;

/**
 * Carries requests to a node of the broker, and their answers, over two links of one session.
 *
 * @param sender the link for requests
 * @param replyTo the address for the answers
 */
record RequestSession(ProtonSession session, ProtonSender sender, String replyTo) {

    /** How many requests may be unanswered: RabbitMQ ends the session over an answer for which it has no credit. */
    static final int MAX_UNANSWERED = 100;

    /**
     * Attaches the links.
     *
     * @param answered called with each answer
     * @param ended called with the reason when the broker has ended a link
     */
    static Future<RequestSession> attach(
            Peer peer,
            ProtonSession session,
            RequestLink.Form form,
            Consumer<Message> answered,
            Handler<BrokerException> ended) {
        var doing = "opening links to " + form.node();
        return form.paired()
                ? attachPair(peer, session, form.node(), doing, answered, ended)
                : attachWithTemporaryAddress(peer, session, form.node(), doing, answered, ended);
    }

    private static Future<RequestSession> attachPair(
            Peer peer,
            ProtonSession session,
            String node,
            String doing,
            Consumer<Message> answered,
            Handler<BrokerException> ended) {
        return LinkPair.attach(peer, session, node, doing, ended).map(pair -> {
            receiveAnswers(pair.receiver(), answered);
            return new RequestSession(session, pair.sender(), LinkPair.REPLY_TO);
        });
    }

    private static Future<RequestSession> attachWithTemporaryAddress(
            Peer peer,
            ProtonSession session,
            String node,
            String doing,
            Consumer<Message> answered,
            Handler<BrokerException> ended) {
        var name = Peer.linkName(node);
        var source = new Source();
        source.setDynamic(true);
        var target = new Target();
        target.setAddress(node);
        return Links.receiver(peer, session, name, source, doing, ended)
                .compose(receiver -> Links.sender(peer, session, name, target, doing, ended)
                        .map(sender -> {
                            receiveAnswers(receiver, answered);
                            return new RequestSession(session, sender, receiver.getRemoteAddress());
                        }));
    }

    private static void receiveAnswers(ProtonReceiver receiver, Consumer<Message> answered) {
        receiver.setAutoAccept(true);
        receiver.handler((delivery, message) -> {
            receiver.flow(1);
            answered.accept(message);
        });
        receiver.flow(MAX_UNANSWERED);
    }
}
