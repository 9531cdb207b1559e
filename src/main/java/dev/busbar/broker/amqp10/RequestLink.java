package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.log.CleanLogger;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.qpid.proton.message.Message;
import org.slf4j.Logger;

/**
 * Sends requests to a node of the broker and receives their answers, over a session of its own that is begun with the
 * first request and again after the broker has ended it. RabbitMQ 4 works at the requests of a session one after the
 * other, and may work for long at one of them, e.g. while the node of a queue is missing: then the other requests are
 * sent again over another session. Confined to the event loop.
 */
final class RequestLink {

    private static final Logger LOG = CleanLogger.of(RequestLink.class);

    /**
     * Says which node answers requests, and over what links.
     *
     * @param node the address of the node that answers
     * @param paired whether requests and answers go over a {@link LinkPair}; else answers come to a temporary address
     *     that the broker makes
     */
    record Form(String node, boolean paired) {}

    private final Peer peer;
    private final Form form;
    private final Deque<Request> waiting = new ArrayDeque<>();
    private Promise<RequestSession> current;
    /** Sessions that are each left to one slow request until that is over. */
    private final Set<RequestSession> busySessions = new HashSet<>();

    private boolean waitsForWindow;
    private boolean slowTimerRuns;
    private long requestCount;

    /** @param repeatable whether it does no harm if the request is sent twice, and answered late */
    record Request(Message message, Promise<Message> answer, String doing, boolean repeatable) {}

    RequestLink(Peer peer, Form form) {
        this.peer = peer;
        this.form = form;
    }

    /**
     * Sends a request, and may send it twice. Sets reply-to, message id and correlation id. While the broker takes no
     * transfers, the request waits.
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

    /**
     * Sends a request once, if it can be sent before the time for its answer is over; else never sends it. Fails when
     * that time is over.
     */
    Future<Message> askSoon(Message message, String doing) {
        var request = new Request(message, peer.context().promise(), doing, false);
        peer.inTime(request.answer().future(), doing).onFailure(request.answer()::tryFail);
        return ask(request);
    }

    private Future<Message> ask(Request request) {
        waiting.add(request);
        sendWaiting();
        return request.answer().future();
    }

    /** Sends the waiting requests over the current session; begins one if there is none. */
    private void sendWaiting() {
        if (current == null) {
            open();
        } else if (current.future().succeeded()) {
            send(current.future().result());
        }
    }

    private void send(RequestSession open) {
        if (openSession() != open) {
            return;
        }
        var closed = peer.windows().isClosed(open.session());
        while (!closed && open.hasRoom() && !waiting.isEmpty()) {
            var next = waiting.remove();
            if (!next.answer().future().isComplete()) {
                send(next, open);
            }
        }
        if (waitsForWindow != (closed && !waiting.isEmpty())) {
            waitsForWindow = !waitsForWindow;
            if (waitsForWindow) {
                LOG.warn(
                        "{}: {}: {} waits",
                        peer.hostAndPort(),
                        peer.windows().obstacle(),
                        waiting.peek().doing());
            } else {
                LOG.info("{}: the broker takes requests again", peer.hostAndPort());
            }
        }
    }

    private void send(Request request, RequestSession open) {
        var sent = open.send(
                form.node() + "-" + requestCount++, request, peer.context().promise());
        watchForSlowRequest();
        var answer = peer.inTime(sent.answer().future(), request.doing());
        answer.onComplete(ignored -> {
            if (open.forget(sent)) {
                answer.onComplete(request.answer()::tryComplete, request.answer()::tryFail);
                send(open);
                endIfUnused(open);
            }
        });
    }

    private RequestSession openSession() {
        return current == null ? null : current.future().result();
    }

    /** Returns the request that the broker works at in the current session; {@code null} if there is none. */
    private RequestSession.Sent firstUnanswered() {
        var open = openSession();
        return open == null ? null : open.first();
    }

    private void watchForSlowRequest() {
        var first = slowTimerRuns || !form.paired() ? null : firstUnanswered();
        if (first == null) {
            return;
        }
        slowTimerRuns = true;
        peer.context().setTimer(Peer.SLOW_REQUEST_MILLIS, id -> {
            slowTimerRuns = false;
            if (firstUnanswered() == first) {
                leaveToSlowRequest(openSession());
            }
            watchForSlowRequest();
        });
    }

    /**
     * Leaves the session to its slow first request, and sends the requests behind it again over another session where
     * they are repeatable.
     */
    private void leaveToSlowRequest(RequestSession open) {
        if (busySessions.size() == Peer.MAX_BUSY_SESSIONS || !Peer.mayBegin(open.session())) {
            return;
        }
        var doing = open.first().request().doing();
        LOG.info("{}: the broker takes its time {}; others ask over another session", peer.hostAndPort(), doing);
        current = null;
        busySessions.add(open);
        askAgain(open.takeRepeatableBehindFirst());
    }

    /** Ends a busy session when no answer is missing over it any more. */
    private void endIfUnused(RequestSession open) {
        if (open.first() == null && busySessions.remove(open)) {
            peer.end(open.session());
        }
    }

    private void askAgain(List<RequestSession.Sent> sent) {
        for (var i = sent.size() - 1; i >= 0; i--) {
            waiting.addFirst(sent.get(i).request());
        }
        if (!waiting.isEmpty()) {
            sendWaiting();
        }
    }

    private void open() {
        var opening = peer.context().<RequestSession>promise();
        current = opening;
        peer.begin(cause -> lost(opening, cause))
                .compose(session -> {
                    Handler<BrokerException> ended = cause -> {
                        var open = opening.future().result();
                        if (open != null && (current == opening || busySessions.contains(open))) {
                            peer.end(session);
                        }
                        lost(opening, cause);
                    };
                    return RequestSession.attach(peer, session, form, ended).onFailure(failure -> peer.end(session));
                })
                .onComplete(opening::tryComplete, opening::tryFail);
        opening.future()
                .onSuccess(open -> {
                    peer.windows().observe(open.session(), () -> send(open));
                    send(open);
                })
                .onFailure(failure -> {
                    if (current == opening) {
                        current = null;
                    }
                    failWaiting(failure);
                });
    }

    /**
     * Fails the first request without an answer, because the broker has ended the session or a link of it, which is how
     * RabbitMQ refuses what is not permitted. As the broker answers in order, the refusal is that of the first request.
     * The broker has not looked at the others, and they are sent again.
     */
    private void lost(Promise<RequestSession> which, BrokerException cause) {
        var open = which.future().result();
        if (current == which ? which.tryFail(cause) : !busySessions.remove(open)) {
            return;
        }
        var sent = open.takeUnanswered();
        var present = current == which;
        if (present) {
            current = null;
        }
        if (!sent.isEmpty()) {
            sent.get(0).request().answer().tryFail(cause);
            askAgain(sent.subList(1, sent.size()));
        } else if (present) {
            failWaiting(cause);
        }
    }

    /** Fails all requests because the connection is lost. */
    void lost(BrokerException cause) {
        var sessions = new ArrayList<>(busySessions);
        if (openSession() != null) {
            sessions.add(openSession());
        }
        current = null;
        busySessions.clear();
        sessions.stream()
                .flatMap(open -> open.takeUnanswered().stream())
                .forEach(sent -> sent.request().answer().tryFail(cause));
        failWaiting(cause);
    }

    private void failWaiting(Throwable cause) {
        var failed = List.copyOf(waiting);
        waiting.clear();
        waitsForWindow = false;
        failed.forEach(request -> request.answer().tryFail(cause));
    }
}
