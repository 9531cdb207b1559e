package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.PublishOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import io.vertx.proton.ProtonSession;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.message.Message;

/**
 * Requests to a node of the broker and their answers, over a session of its own that is begun with the first request
 * and again after the broker has ended it. Confined to the event loop.
 */
final class RequestLink {

    /** How many requests may be unanswered: RabbitMQ ends the session over an answer for which it has no credit. */
    private static final int WINDOW = 100;

    /**
     * How to ask.
     *
     * @param node the address of who answers
     * @param paired whether over a {@link LinkPair}; else answers come to a temporary address of the broker's making
     */
    record Form(String node, boolean paired) {}

    private final Peer peer;
    private final Form form;
    private final Map<Object, Promise<Message>> pending = new HashMap<>();
    private final Queue<Request> waiting = new ArrayDeque<>();
    private final Set<Object> unanswered = new HashSet<>();
    private Future<Pair> pair;
    private long requests;

    private record Pair(ProtonSender sender, String replyTo) {}

    private record Request(Message message, Promise<Message> answer, String doing) {}

    RequestLink(Peer peer, Form form) {
        this.peer = peer;
        this.form = form;
    }

    /**
     * Asks; reply-to, message id and correlation id are set here.
     *
     * @return the answer; fails with a {@link BrokerException} if none comes
     */
    Future<Message> ask(Message message, String doing) {
        if (pair == null) {
            pair = open();
        }
        var asked = pair;
        return asked.compose(links -> {
            var id = form.node() + "-" + requests++;
            Promise<Message> answer = peer.context().promise();
            message.setReplyTo(links.replyTo());
            message.setMessageId(id);
            message.setCorrelationId(id);
            pending.put(id, answer);
            waiting.add(new Request(message, answer, doing));
            send(links);
            return peer.patient(answer.future(), doing).eventually(() -> {
                pending.remove(id);
                unanswered.remove(id);
                return Future.succeededFuture();
            });
        });
    }

    private void send(Pair links) {
        while (unanswered.size() < WINDOW && !waiting.isEmpty()) {
            var request = waiting.remove();
            unanswered.add(request.message().getMessageId());
            links.sender().send(request.message(), sent -> {
                // Nothing is said of what is sent settled.
                if (sent.getRemoteState() != null
                        && !(Outcomes.of(sent.getRemoteState()) instanceof PublishOutcome.Confirmed)) {
                    request.answer()
                            .tryFail(new BrokerException(
                                    Kind.REFUSED,
                                    "the broker does not take the request " + request.doing() + ": "
                                            + sent.getRemoteState()));
                }
            });
        }
    }

    private Future<Pair> open() {
        var doing = "opening links to " + form.node();
        return peer.begin(this::lost)
                .compose(session -> (form.paired() ? paired(session, doing) : temporary(session, doing))
                        .onFailure(failure -> {
                            pair = null;
                            peer.end(session);
                        }));
    }

    private Future<Pair> paired(ProtonSession session, String doing) {
        return LinkPair.attach(peer, session, form.node(), doing, this::lost).map(links -> {
            var opened = new Pair(links.sender(), LinkPair.REPLY_TO);
            listen(links.receiver(), opened);
            return opened;
        });
    }

    private Future<Pair> temporary(ProtonSession session, String doing) {
        var name = Peer.linkName(form.node());
        var source = new Source();
        source.setDynamic(true);
        var target = new Target();
        target.setAddress(form.node());
        return Links.receiver(peer, session, name, source, doing, this::lost)
                .compose(receiver -> Links.sender(peer, session, name, target, doing, this::lost)
                        .map(sender -> {
                            var opened = new Pair(sender, receiver.getRemoteAddress());
                            listen(receiver, opened);
                            return opened;
                        }));
    }

    private void listen(ProtonReceiver receiver, Pair links) {
        receiver.setAutoAccept(true);
        receiver.handler((delivery, message) -> {
            receiver.flow(1);
            unanswered.remove(message.getCorrelationId());
            var asked = pending.remove(message.getCorrelationId());
            if (asked != null) {
                asked.tryComplete(message);
            }
            send(links);
        });
        receiver.flow(WINDOW);
    }

    /** The links are gone; whoever waits for an answer is told. */
    void lost(BrokerException cause) {
        pair = null;
        unanswered.clear();
        waiting.clear();
        var asking = Map.copyOf(pending);
        pending.clear();
        asking.values().forEach(answer -> answer.tryFail(cause));
    }
}
