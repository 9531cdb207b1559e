package dev.busbar.broker;

import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * The start of a subscription: ends with its consumer; or, if its queue is one that others declare and does not exist
 * yet, without one. In that case whatever goes wrong later may pass, as the queue is looked for again and again.
 * Confined to the connection's event loop.
 */
public final class SubscriptionStart {

    private final Topology topology;
    private final Promise<Void> ended;
    private boolean early;

    public SubscriptionStart(Topology topology, Promise<Void> ended) {
        this.topology = topology;
        this.ended = ended;
    }

    /** @param consuming completes when the consumer is live */
    public Future<Void> with(Future<Void> consuming) {
        consuming.onComplete(ended::tryComplete, ended::tryFail);
        return ended.future();
    }

    /** The failure of an attempt, as it is to be told and to be taken. */
    public Throwable explained(Throwable failure) {
        var explained = topology.explained(failure);
        return early
                        && explained instanceof BrokerException known
                        && !known.kind().mayPass()
                ? new BrokerException(Kind.AWAITED, known.getMessage(), known)
                : explained;
    }

    /** An attempt has failed, and there will be another. */
    public void waits(Throwable cause) {
        if (cause instanceof BrokerException known && known.kind() == Kind.AWAITED) {
            early |= ended.tryComplete();
        }
    }
}
