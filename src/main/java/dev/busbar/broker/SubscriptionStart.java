package dev.busbar.broker;

import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Ends the start of a subscription when its consumer is live, or earlier if its queue is one that others declare and
 * does not exist yet. In the second case any later failure may pass, as the queue is looked for again and again.
 * Confined to the connection's event loop.
 */
public final class SubscriptionStart {

    private final Topology topology;
    private final Promise<Void> ended;
    private boolean endedWithoutQueue;

    public SubscriptionStart(Topology topology, Promise<Void> ended) {
        this.topology = topology;
        this.ended = ended;
    }

    /**
     * Ends the start with the outcome of consuming.
     *
     * @param consuming completes when the consumer is live
     * @return completes when the start has ended
     */
    public Future<Void> with(Future<Void> consuming) {
        consuming.onComplete(ended::tryComplete, ended::tryFail);
        return ended.future();
    }

    /** Returns the failure of an attempt as the broker connection is to report and treat it. */
    public Throwable explained(Throwable failure) {
        var explained = topology.explained(failure);
        return endedWithoutQueue
                        && explained instanceof BrokerException known
                        && !known.kind().mayPass()
                ? new BrokerException(Kind.AWAITED, known.getMessage(), known)
                : explained;
    }

    /** Notes that an attempt has failed and that there will be another. */
    public void waits(Throwable cause) {
        if (cause instanceof BrokerException known && known.kind() == Kind.AWAITED) {
            endedWithoutQueue |= ended.tryComplete();
        }
    }
}
