package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.proton.ProtonLink;
import io.vertx.proton.ProtonSession;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.messaging.TerminusDurability;

/**
 * Finds out what exists on a RabbitMQ by attaching to it: RabbitMQ 3 has no other way, nor has RabbitMQ 4 for an
 * exchange. The broker ends the session when it refuses a link, so that these questions have a session of their own,
 * and one question is asked at a time. A question that takes long, e.g. for a queue whose process does not answer,
 * keeps its session to itself, and the next questions get another one.
 */
final class RabbitMqNodes {

    /** A session and its question. */
    private static final class Asking {
        private Future<ProtonSession> session;
        /** Called with the reason when the question has ended the session. */
        private Handler<BrokerException> refused = ignored -> {};
    }

    private final Peer peer;
    /** The session for the next question; {@code null} if a session has to be begun for it. */
    private Asking current;

    private Future<?> lastTurn = Future.succeededFuture();
    private int busySessions;

    private RabbitMqNodes(Peer peer) {
        this.peer = peer;
    }

    static RabbitMqNodes of(Peer peer) {
        return peer.kept(RabbitMqNodes.class, RabbitMqNodes::new);
    }

    /** Looks for an exchange by a sender, which needs the permission to write to it. */
    Future<Boolean> exchangeExists(String name, String address) {
        return exists("looking for exchange '" + name + "'", (session, doing, ended) -> {
            var target = new Target();
            target.setAddress(address);
            return Links.sender(peer, session, Peer.linkName(name), target, doing, ended);
        });
    }

    /** Looks for a queue of RabbitMQ 3; see {@link #queueExists(String, String)}. */
    Future<Boolean> queueExists(String name) {
        return queueExists(name, RabbitMq3Address.queue(name));
    }

    /**
     * Looks for a queue by a receiver that has no credit, and so disturbs no consumer. The receiver needs the
     * permission to read.
     */
    Future<Boolean> queueExists(String name, String address) {
        return exists("looking for queue '" + name + "'", (session, doing, ended) -> {
            var source = new Source();
            source.setAddress(address);
            return Links.receiver(peer, session, Peer.linkName(name), source, doing, ended);
        });
    }

    /** Declares a queue without arguments or bindings, which is neither exclusive nor deleted by itself. */
    Future<Void> declareQueue(String name, boolean durable) {
        return askInTurn("declaring queue '" + name + "'", (session, doing, ended) -> {
            var target = new Target();
            target.setAddress(RabbitMq3Address.declaredQueue(name));
            target.setDurable(durable ? TerminusDurability.UNSETTLED_STATE : TerminusDurability.NONE);
            return Links.sender(peer, session, Peer.linkName(name), target, doing, ended);
        });
    }

    private Future<Boolean> exists(String doing, Attaching link) {
        return askInTurn(doing, link)
                .map(true)
                .recover(failure -> failure instanceof BrokerException refused && refused.kind() == Kind.NOT_FOUND
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(failure));
    }

    private Future<Void> askInTurn(String doing, Attaching link) {
        var answer = peer.context().<Void>promise();
        lastTurn = lastTurn.transform(ignored -> {
            var asked = ask(doing, link);
            asked.onComplete(answer);
            return turnEnded(asked, current);
        });
        return answer.future();
    }

    /** Completes when the next question may be asked. */
    private Future<Void> turnEnded(Future<Void> asked, Asking asking) {
        return asked.timeout(Peer.SLOW_REQUEST_MILLIS, TimeUnit.MILLISECONDS).recover(failure -> {
            var slow = failure instanceof TimeoutException && !asked.isComplete();
            if (slow
                    && busySessions < Peer.MAX_BUSY_SESSIONS
                    && asking.session.succeeded()
                    && Peer.mayBegin(asking.session.result())) {
                forget(asking);
                busySessions++;
                asked.onComplete(ignored -> {
                    busySessions--;
                    peer.end(asking.session.result());
                });
                return Future.succeededFuture();
            }
            return asked;
        });
    }

    private Future<Void> ask(String doing, Attaching link) {
        var attached = peer.context().<Void>promise();
        if (current == null) {
            var begun = new Asking();
            current = begun;
            begun.session = peer.begin(reason -> ended(begun, reason));
        }
        var asking = current;
        asking.refused = attached::tryFail;
        asking.session
                .onFailure(ignored -> forget(asking))
                .compose(begun -> link.to(begun, doing, attached::tryFail))
                .onComplete(
                        done -> {
                            done.close();
                            attached.tryComplete();
                        },
                        attached::tryFail);
        return attached.future();
    }

    private void ended(Asking asking, BrokerException reason) {
        forget(asking);
        asking.refused.handle(reason);
    }

    private void forget(Asking asking) {
        if (current == asking) {
            current = null;
        }
    }

    private interface Attaching {
        Future<? extends ProtonLink<?>> to(ProtonSession session, String doing, Handler<BrokerException> ended);
    }
}
