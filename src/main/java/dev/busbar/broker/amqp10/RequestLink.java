package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.log.CleanLogger;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.proton.ProtonDelivery;
import io.vertx.proton.ProtonReceiver;
import io.vertx.proton.ProtonSender;
import io.vertx.proton.ProtonSession;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.message.Message;
import org.slf4j.Logger;

/**
 * Requests to a node of the broker and their answers, over a session of its own that is begun with the first request
 * and again after the broker has ended it. Confined to the event loop.
 */
final class RequestLink {

    private static final Logger LOG = CleanLogger.of(RequestLink.class);

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
    private final Deque<Request> waiting = new ArrayDeque<>();
    /** By message id, in the order sent, which is that of the answers. */
    private final Map<Object, Sent> unanswered = new LinkedHashMap<>();

    private Promise<Opened> links;
    private boolean held;
    private long requests;

    private record Opened(ProtonSession session, ProtonSender sender, String replyTo) {}

    private record Request(Message message, Promise<Message> answer, String doing) {}

    private record Sent(Request request, Promise<Message> answer) {}

    RequestLink(Peer peer, Form form) {
        this.peer = peer;
        this.form = form;
    }

    /**
     * Asks; reply-to, message id and correlation id are set here. While the broker takes no transfers, the request
     * waits.
     *
     * @return the answer; fails with a {@link BrokerException} if none comes in time after the request has been sent
     */
    Future<Message> ask(Message message, String doing) {
        return ask(new Request(message, peer.context().promise(), doing));
    }

    /** Asks, and does so in time or never: what has not been sent by then is not sent any more. */
    Future<Message> askSoon(Message message, String doing) {
        var request = new Request(message, peer.context().promise(), doing);
        peer.patient(request.answer().future(), doing).onFailure(request.answer()::tryFail);
        return ask(request);
    }

    private Future<Message> ask(Request request) {
        waiting.add(request);
        if (links == null) {
            open();
        } else if (links.future().succeeded()) {
            send(links.future().result());
        }
        return request.answer().future();
    }

    private void send(Opened open) {
        var closed = peer.windows().isClosed(open.session());
        while (!closed && unanswered.size() < WINDOW && !waiting.isEmpty()) {
            var next = waiting.remove();
            if (!next.answer().future().isComplete()) {
                send(next, open);
            }
        }
        if (held != (closed && !waiting.isEmpty())) {
            held = !held;
            if (held) {
                LOG.warn(
                        "{}: {}: {} waits",
                        peer.place(),
                        peer.windows().obstacle(),
                        waiting.peek().doing());
            } else {
                LOG.info("{}: the broker takes requests again", peer.place());
            }
        }
    }

    private void send(Request request, Opened open) {
        var id = form.node() + "-" + requests++;
        var message = request.message();
        message.setReplyTo(open.replyTo());
        message.setMessageId(id);
        message.setCorrelationId(id);
        var sent = new Sent(request, peer.context().promise());
        unanswered.put(id, sent);
        peer.patient(sent.answer().future(), request.doing()).onComplete(result -> {
            if (unanswered.remove(id, sent)) {
                answer(request, result);
                if (links != null && links.future().result() == open) {
                    send(open);
                }
            }
        });
        try {
            open.sender().send(message, update -> updated(update, sent));
        } catch (IllegalArgumentException e) {
            sent.answer().tryFail(new BrokerException(Kind.LIMIT, "cannot be asked " + request.doing(), e));
        }
    }

    private static void answer(Request request, AsyncResult<Message> result) {
        if (result.succeeded()) {
            request.answer().tryComplete(result.result());
        } else {
            request.answer().tryFail(result.cause());
        }
    }

    /** Nothing is said of what is sent settled. */
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

    private void open() {
        var opening = peer.context().<Opened>promise();
        var doing = "opening links to " + form.node();
        links = opening;
        peer.begin(cause -> lost(opening, cause))
                .compose(session -> {
                    Handler<BrokerException> ended = cause -> {
                        if (links == opening && opening.future().succeeded()) {
                            peer.end(session);
                        }
                        lost(opening, cause);
                    };
                    return (form.paired() ? paired(session, doing, ended) : temporary(session, doing, ended))
                            .onFailure(failure -> peer.end(session));
                })
                .onComplete(opening::tryComplete, opening::tryFail);
        opening.future()
                .onSuccess(open -> {
                    peer.windows().observe(open.session(), () -> send(open));
                    send(open);
                })
                .onFailure(failure -> {
                    if (links == opening) {
                        links = null;
                    }
                    failWaiting(failure);
                });
    }

    private Future<Opened> paired(ProtonSession session, String doing, Handler<BrokerException> ended) {
        return LinkPair.attach(peer, session, form.node(), doing, ended).map(pair -> {
            listen(pair.receiver());
            return new Opened(session, pair.sender(), LinkPair.REPLY_TO);
        });
    }

    private Future<Opened> temporary(ProtonSession session, String doing, Handler<BrokerException> ended) {
        var name = Peer.linkName(form.node());
        var source = new Source();
        source.setDynamic(true);
        var target = new Target();
        target.setAddress(form.node());
        return Links.receiver(peer, session, name, source, doing, ended)
                .compose(receiver -> Links.sender(peer, session, name, target, doing, ended)
                        .map(sender -> {
                            listen(receiver);
                            return new Opened(session, sender, receiver.getRemoteAddress());
                        }));
    }

    private void listen(ProtonReceiver receiver) {
        receiver.setAutoAccept(true);
        receiver.handler((delivery, message) -> {
            receiver.flow(1);
            var sent = unanswered.get(message.getCorrelationId());
            if (sent != null) {
                sent.answer().tryComplete(message);
            }
        });
        receiver.flow(WINDOW);
    }

    /**
     * The broker has ended the session or a link of it, which is how RabbitMQ refuses what is not permitted. As it
     * answers in order, the refusal is that of the first request without an answer; the others it has not looked at,
     * and they are asked again.
     */
    private void lost(Promise<Opened> which, BrokerException cause) {
        if (links != which || which.tryFail(cause)) {
            return;
        }
        links = null;
        var sent = new ArrayList<>(unanswered.values());
        unanswered.clear();
        if (sent.isEmpty()) {
            failWaiting(cause);
            return;
        }
        var refused = sent.remove(0).request();
        for (var i = sent.size() - 1; i >= 0; i--) {
            waiting.addFirst(sent.get(i).request());
        }
        refused.answer().tryFail(cause);
        if (!waiting.isEmpty() && links == null) {
            open();
        }
    }

    /** The connection is gone; whoever waits for an answer is told. */
    void lost(BrokerException cause) {
        links = null;
        var sent = List.copyOf(unanswered.values());
        unanswered.clear();
        sent.forEach(each -> each.request().answer().tryFail(cause));
        failWaiting(cause);
    }

    private void failWaiting(Throwable cause) {
        var failed = List.copyOf(waiting);
        waiting.clear();
        held = false;
        failed.forEach(request -> request.answer().tryFail(cause));
    }
}
