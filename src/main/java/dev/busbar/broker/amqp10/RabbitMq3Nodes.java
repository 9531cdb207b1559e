package dev.busbar.broker.amqp10;

import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.proton.ProtonLink;
import io.vertx.proton.ProtonSession;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.messaging.TerminusDurability;

/**
 * What exists on a RabbitMQ 3, found out by attaching to it: the plugin has no other way. It ends the session when it
 * refuses, so that there is one for nothing else, and one question at a time.
 */
final class RabbitMq3Nodes {

    private final Peer peer;
    private Future<ProtonSession> session;
    private Future<?> last = Future.succeededFuture();
    /** Told why the question in hand has ended the session. */
    private Handler<BrokerException> refused;

    private RabbitMq3Nodes(Peer peer) {
        this.peer = peer;
    }

    static RabbitMq3Nodes of(Peer peer) {
        return peer.kept(RabbitMq3Nodes.class, RabbitMq3Nodes::new);
    }

    Future<Boolean> exchangeExists(String name) {
        return exists("looking for exchange '" + name + "'", (session, doing, ended) -> {
            var target = new Target();
            target.setAddress(RabbitMq3Address.exchange(name));
            return Links.sender(peer, session, Peer.linkName(name), target, doing, ended);
        });
    }

    /** Attaches a receiver that has no credit, and so disturbs no consumer. */
    Future<Boolean> queueExists(String name) {
        return exists("looking for queue '" + name + "'", (session, doing, ended) -> {
            var source = new Source();
            source.setAddress(RabbitMq3Address.queue(name));
            return Links.receiver(peer, session, Peer.linkName(name), source, doing, ended);
        });
    }

    /** Declares a queue without arguments or bindings, that is neither exclusive nor deleted by itself. */
    Future<Void> declareQueue(String name, boolean durable) {
        return attached("declaring queue '" + name + "'", (session, doing, ended) -> {
            var target = new Target();
            target.setAddress(RabbitMq3Address.declaredQueue(name));
            target.setDurable(durable ? TerminusDurability.UNSETTLED_STATE : TerminusDurability.NONE);
            return Links.sender(peer, session, Peer.linkName(name), target, doing, ended);
        });
    }

    private Future<Boolean> exists(String doing, Attaching link) {
        return attached(doing, link)
                .map(true)
                .recover(failure -> failure instanceof BrokerException refused && refused.kind() == Kind.NOT_FOUND
                        ? Future.succeededFuture(false)
                        : Future.failedFuture(failure));
    }

    private Future<Void> attached(String doing, Attaching link) {
        var answer = last.transform(ignored -> attach(doing, link));
        last = answer;
        return answer;
    }

    private Future<Void> attach(String doing, Attaching link) {
        var attached = peer.context().<Void>promise();
        if (session == null) {
            session = peer.begin(this::ended);
        }
        refused = attached::tryFail;
        session.onFailure(this::forget)
                .compose(begun -> link.to(begun, doing, attached::tryFail))
                .onComplete(
                        done -> {
                            done.close();
                            attached.tryComplete();
                        },
                        attached::tryFail);
        return attached.future();
    }

    private void ended(BrokerException reason) {
        forget(reason);
        refused.handle(reason);
    }

    private void forget(Throwable ignored) {
        session = null;
    }

    private interface Attaching {
        Future<? extends ProtonLink<?>> to(ProtonSession session, String doing, Handler<BrokerException> ended);
    }
}
