package dev.busbar.broker;

import dev.busbar.broker.BrokerException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.UnaryOperator;

/**
 * Ends the start of a subscription or a publisher when it is live, or earlier, where that is wanted, if its queue or
 * exchange is one that others declare and does not exist yet. In the second case any later failure may pass, as what is
 * missing is looked for again and again. Confined to the connection's event loop.
 */
public final class AwaitingStart {

    private final UnaryOperator<Throwable> explanation;
    private final boolean early;
    private final Promise<Void> ended;
    private boolean endedAwaiting;

    private AwaitingStart(UnaryOperator<Throwable> explanation, boolean early, Promise<Void> ended) {
        this.explanation = explanation;
        this.early = early;
        this.ended = ended;
    }

    /** Makes the start of a subscription, which may find out only by consuming that a queue of others is missing. */
    public static AwaitingStart of(SubscriptionSpec spec, Promise<Void> ended) {
        return new AwaitingStart(spec.topology()::queueExplained, spec.startsEarly(), ended);
    }

    /** Makes the start of a publisher, whose failures say themselves what is missing. */
    public static AwaitingStart ofPublisher(Promise<Void> ended) {
        return new AwaitingStart(UnaryOperator.identity(), true, ended);
    }

    /**
     * Ends the start with the outcome of the attempts.
     *
     * @param live completes when the subscription or publisher is live
     * @return completes when the start has ended
     */
    public Future<Void> with(Future<Void> live) {
        live.onComplete(ended::tryComplete, ended::tryFail);
        return ended.future();
    }

    /** Returns the failure of an attempt as the broker connection is to report and treat it. */
    public Throwable explained(Throwable failure) {
        var explained = explanation.apply(failure);
        return endedAwaiting
                        && explained instanceof BrokerException known
                        && !known.kind().mayPass()
                ? new BrokerException(Kind.AWAITED, known.getMessage(), known)
                : explained;
    }

    /** Notes that an attempt has failed and that there will be another. */
    public void waits(Throwable cause) {
        if (early && cause instanceof BrokerException known && known.kind() == Kind.AWAITED) {
            endedAwaiting |= ended.tryComplete();
        }
    }
}
