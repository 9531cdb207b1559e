package dev.busbar.hub;

import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.TreeSet;

/**
 * Listens and produces for one client of the hub, in the order of its calls: a message is sent only when the
 * subscriptions that the client began before are live, so that the client receives what it produces. From any thread.
 *
 * <p>A subscription stops holding messages back when it fails, or when it takes longer than {@link #MAX_HOLD_TIME} or
 * half of {@code subscriptions.producing.timeout}. Messages that are held count among those that
 * {@code subscriptions.producing} bounds.
 */
public final class HubClient {

    /** Far longer than a broker takes to bind; and while the broker is away, nothing is sent anyway. */
    static final Duration MAX_HOLD_TIME = Duration.ofSeconds(10);

    private final Hub hub;
    private final HubPublisher hubPublisher;
    private final long maxHoldMillis;
    /** The numbers of the subscriptions that are not live yet. Guarded by this. */
    private final TreeSet<Long> pending = new TreeSet<>();
    /**
     * All subscriptions begun so far, for which a message produced now waits; {@code null} before the first one.
     * Written under the lock of this.
     */
    private volatile AwaitedSubscriptions begun;
    /**
     * The lowest number in {@link #pending}, or {@link Long#MAX_VALUE} if there is none. Written under the lock of
     * this.
     */
    private volatile long firstPending = Long.MAX_VALUE;

    /** Completes when no subscription is pending; {@code null} while nobody waits for it. Guarded by this. */
    private Promise<Void> nonePending;

    HubClient(Hub hub, HubPublisher hubPublisher, Duration timeout) {
        this.hub = hub;
        this.hubPublisher = hubPublisher;
        maxHoldMillis = Math.max(1, Math.min(MAX_HOLD_TIME.toMillis(), timeout.toMillis() / 2));
    }

    /** Listens as {@link Hub#listen} does. */
    public Future<Listening> listen(TopicFilter filter, int replay, Listener listener) {
        return first(hub.listen(filter, replay, listener));
    }

    /** Produces as {@link Hub#produce} does. */
    public Future<Void> produce(RoutingKey key, Object body, MultiMap headers) {
        return hubPublisher.produce(key, body, headers, begun);
    }

    /**
     * Makes messages that are produced from now on wait for a subscription made elsewhere than by {@link #listen}.
     *
     * @return the same subscription
     */
    public <T> Future<T> first(Future<T> subscription) {
        if (!subscription.isComplete()) {
            var number = begin();
            var timer = hub.vertx().setTimer(maxHoldMillis, id -> heldTooLong(number));
            subscription.onComplete(ignored -> {
                hub.vertx().cancelTimer(timer);
                end(number);
            });
        }
        return subscription;
    }

    /** Returns a future that completes when no subscription holds messages back any longer. */
    public synchronized Future<Void> settled() {
        if (pending.isEmpty()) {
            return Future.succeededFuture();
        }
        nonePending = nonePending == null ? Promise.promise() : nonePending;
        return nonePending.future();
    }

    private void heldTooLong(long number) {
        if (end(number)) {
            hubPublisher.waitedTooLong(maxHoldMillis);
        }
    }

    private synchronized long begin() {
        var number = begun == null ? 1 : begun.subscription() + 1;
        pending.add(number);
        firstPending = pending.first();
        begun = new AwaitedSubscriptions(this, number);
        return number;
    }

    private boolean end(long number) {
        boolean ended;
        Promise<Void> toComplete = null;
        synchronized (this) {
            ended = pending.remove(number);
            firstPending = pending.isEmpty() ? Long.MAX_VALUE : pending.first();
            if (pending.isEmpty()) {
                toComplete = nonePending;
                nonePending = null;
            }
        }
        if (ended) {
            hubPublisher.release(this);
        }
        if (toComplete != null) {
            toComplete.complete();
        }
        return ended;
    }

    /** Names the subscriptions that a message waits for: those of its client up to a number. */
    record AwaitedSubscriptions(HubClient client, long subscription) {

        /** Returns whether none of the subscriptions holds the message back any longer. */
        boolean areLive() {
            return client.firstPending > subscription;
        }
    }
}
