package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.proton.ProtonDelivery;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.qpid.proton.message.Message;
import org.slf4j.Logger;

/**
 * Sends requests to a node of the broker and receives their answers, over a session of its own that is begun with the
 * first request and again after the broker has ended it. RabbitMQ 4 works at the requests of a session one after the
 * other, and at one it may work for long, e.g. while a queue's node is being missed: then the others are asked again
 * over another session. Confined to the event loop.
 */
final class RequestLink {

    private static final Logger LOG = CleanLogger.of(RequestLink.class);

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

    private Promise<RequestSession> links;
    /** Sessions that are left to the request they are busy with, until it is over. */
    private final Set<RequestSession> busy = new HashSet<>();

    private boolean held;
    private boolean watching;
    private long requests;

    /** @param repeatable whether it does no harm if it is asked twice, and answered late */
    private record Request(Message message, Promise<Message> answer, String doing, boolean repeatable) {}

    private record Sent(Request request, Promise<Message> answer, RequestSession over) {}

    RequestLink(Peer peer, Form form) {
        this.peer = peer;
        this.form = form;
    }

    /**
     * Asks; reply-to, message id and correlation id are set here. While the broker takes no transfers, the request
     * waits. It may be asked twice.
     *
     * @return the answer; fails with a {@link BrokerException} if none comes in time after the request has been sent
     */
    Future<Message> ask(Message message, String doing) {
        return ask(new Request(message, peer.context().promise(), doing, true));
    }

    /** Asks as {@link #ask} does, but never twice: done once more, and late, it would undo what has been done since. */
    Future<Message> askOnce(Message message, String doing) {
        return ask(new Request(message, peer.context().promise(), doing, false));
    }

    /** Asks once, and in time or never: what has not been sent by then is not sent any more. */
    Future<Message> askSoon(Message message, String doing) {
        var request = new Request(message, peer.context().promise(), doing, false);
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

    private void send(RequestSession open) {
        if (current() != open) {
            return;
        }
        var closed = peer.windows().isClosed(open.session());
        while (!closed && unanswered.size() < RequestSession.WINDOW && !waiting.isEmpty()) {
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

    private void send(Request request, RequestSession open) {
        var id = form.node() + "-" + requests++;
        var message = request.message();
        message.setReplyTo(open.replyTo());
        message.setMessageId(id);
        message.setCorrelationId(id);
        var sent = new Sent(request, peer.context().promise(), open);
        unanswered.put(id, sent);
        watch();
        var answer = peer.patient(sent.answer().future(), request.doing());
        answer.onComplete(ignored -> {
            if (unanswered.remove(id, sent)) {
                answer.onComplete(request.answer()::tryComplete, request.answer()::tryFail);
                sendWaiting();
                leave(open);
            }
        });
        try {
            open.sender().send(message, update -> updated(update, sent));
        } catch (IllegalArgumentException e) {
            sent.answer().tryFail(new BrokerException(Kind.LIMIT, "cannot be asked " + request.doing(), e));
        }
    }

    /** Sends over the present session, if there is one: an answer over whatever session makes room. */
    private void sendWaiting() {
        var open = current();
        if (open != null) {
            send(open);
        }
    }

    private RequestSession current() {
        return links == null ? null : links.future().result();
    }

    /** What is unanswered over a session, in the order sent. */
    private List<Sent> over(RequestSession open) {
        return unanswered.values().stream().filter(sent -> sent.over() == open).toList();
    }

    /** The request that the broker works at in this session; {@code null} if there is none. */
    private Sent first(RequestSession open) {
        return over(open).stream().findFirst().orElse(null);
    }

    private void watch() {
        var first = watching || !form.paired() ? null : first(current());
        if (first == null) {
            return;
        }
        watching = true;
        peer.context().setTimer(Peer.SLOW_MILLIS, id -> {
            watching = false;
            if (first(current()) == first) {
                leaveBusy(first);
            }
            watch();
        });
    }

    /** Those behind it that can be are asked again. */
    private void leaveBusy(Sent first) {
        var open = first.over();
        if (busy.size() == Peer.MAX_BUSY || !Peer.mayBegin(open.session())) {
            return;
        }
        var doing = first.request().doing();
        LOG.info("{}: the broker takes its time {}; others ask over another session", peer.place(), doing);
        links = null;
        busy.add(open);
        var behind = over(open).stream()
                .filter(sent -> sent != first && sent.request().repeatable())
                .toList();
        unanswered.values().removeAll(behind);
        askAgain(behind);
    }

    /** Ends a busy session when nothing more is to be answered over it. */
    private void leave(RequestSession open) {
        if (first(open) == null && busy.remove(open)) {
            peer.end(open.session());
        }
    }

    private void askAgain(List<Sent> sent) {
        for (var i = sent.size() - 1; i >= 0; i--) {
            waiting.addFirst(sent.get(i).request());
        }
        if (!waiting.isEmpty() && links == null) {
            open();
        } else {
            sendWaiting();
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
        var opening = peer.context().<RequestSession>promise();
        links = opening;
        peer.begin(cause -> lost(opening, cause))
                .compose(session -> {
                    Handler<BrokerException> ended = cause -> {
                        var open = opening.future().result();
                        if (open != null && (links == opening || busy.contains(open))) {
                            peer.end(session);
                        }
                        lost(opening, cause);
                    };
                    return RequestSession.attach(peer, session, form, this::answered, ended)
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

    private void answered(Message message) {
        var sent = unanswered.get(message.getCorrelationId());
        if (sent != null) {
            sent.answer().tryComplete(message);
        }
    }

    /**
     * The broker has ended the session or a link of it, which is how RabbitMQ refuses what is not permitted. As it
     * answers in order, the refusal is that of the first request without an answer; the others it has not looked at,
     * and they are asked again.
     */
    private void lost(Promise<RequestSession> which, BrokerException cause) {
        var open = which.future().result();
        if (links == which ? which.tryFail(cause) : !busy.remove(open)) {
            return;
        }
        var sent = over(open);
        unanswered.values().removeAll(sent);
        var present = links == which;
        if (present) {
            links = null;
        }
        if (!sent.isEmpty()) {
            sent.get(0).request().answer().tryFail(cause);
            askAgain(sent.subList(1, sent.size()));
        } else if (present) {
            failWaiting(cause);
        }
    }

    /** The connection is gone; whoever waits for an answer is told. */
    void lost(BrokerException cause) {
        links = null;
        busy.clear();
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
