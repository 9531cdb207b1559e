package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.PublishOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.message.Message;

/**
 * Requests to a node of the broker and their answers, over a session of its own that is begun with the first request
 * and again after the broker has ended it. Confined to the event loop.
 */
final class RequestLink {

    private static final Symbol PAIRED = Symbol.valueOf("paired");

    /**
     * How to ask.
     *
     * @param node the address of who answers
     * @param paired whether both links have one name and the node's address, as RabbitMQ 4 wants it; else answers come
     *     to a temporary address of the broker's making
     */
    record Form(String node, boolean paired) {}

    private final Peer peer;
    private final Form form;
    private final Map<Object, Promise<Message>> pending = new HashMap<>();
    private Future<Pair> pair;
    private long requests;

    private record Pair(ProtonSender sender, ProtonReceiver receiver, String replyTo) {}

    RequestLink(Peer peer, Form form) {
        this.peer = peer;
        this.form = form;
    }

    /**
     * Asks; reply-to, message id and correlation id are set here.
     *
     * @return the answer; fails with a {@link BrokerException} if none comes
     */
    Future<Message> ask(Message request, String doing) {
        if (pair == null) {
            pair = open();
        }
        return pair.compose(links -> {
            var id = form.node() + "-" + requests++;
            Promise<Message> answer = peer.context().promise();
            request.setReplyTo(links.replyTo());
            request.setMessageId(id);
            request.setCorrelationId(id);
            pending.put(id, answer);
            links.sender().send(request, sent -> {
                if (!(Outcomes.of(sent.getRemoteState()) instanceof PublishOutcome.Confirmed)) {
                    answer.tryFail(new BrokerException(
                            Kind.REFUSED,
                            "the broker does not take the request " + doing + ": " + sent.getRemoteState()));
                }
            });
            return peer.patient(answer.future(), doing).eventually(() -> {
                pending.remove(id);
                return Future.succeededFuture();
            });
        });
    }

    private Future<Pair> open() {
        var name = Peer.linkName(form.node());
        var doing = "opening links to " + form.node();
        return peer.begin(this::lost).compose(session -> {
            var source = new Source();
            var target = new Target();
            target.setAddress(form.node());
            if (form.paired()) {
                source.setAddress(form.node());
            } else {
                source.setDynamic(true);
            }
            var properties = form.paired() ? Map.<Symbol, Object>of(PAIRED, true) : null;
            return Links.receiver(peer, session, name, source, properties, doing, this::lost)
                    .compose(receiver -> Links.sender(peer, session, name, target, properties, doing, this::lost)
                            .map(sender -> new Pair(sender, listening(receiver), replyTo(receiver))))
                    .onFailure(failure -> {
                        pair = null;
                        session.close();
                    });
        });
    }

    private ProtonReceiver listening(ProtonReceiver receiver) {
        receiver.setAutoAccept(true);
        receiver.handler((delivery, message) -> {
            receiver.flow(1);
            var asked = pending.remove(message.getCorrelationId());
            if (asked != null) {
                asked.tryComplete(message);
            }
        });
        return receiver.flow(1);
    }

    private String replyTo(ProtonReceiver receiver) {
        return form.paired() ? "$me" : receiver.getRemoteAddress();
    }

    /** The links are gone; whoever waits for an answer is told. */
    void lost(BrokerException cause) {
        pair = null;
        var waiting = Map.copyOf(pending);
        pending.clear();
        waiting.values().forEach(answer -> answer.tryFail(cause));
    }
}
