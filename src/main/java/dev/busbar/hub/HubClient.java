package dev.busbar.hub;

import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.TreeSet;

/**
 * Listens and produces for one client of the hub, in the order of its calls: what the client produces is not sent
 * before the subscriptions that it began earlier are live, so that it comes back to the client. From any thread.
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
    /** The numbers of the subscriptions that are not live yet; guarded by this. */
    private final TreeSet<Long> pending = new TreeSet<>();
    /**
     * The subscriptions that messages produced now wait for; {@code null} before the first one. Written guarded by
     * this.
     */
    private volatile After latest;
    /** The first number in {@link #pending}, or a greater one than any if that is empty. Written guarded by this. */
    private volatile long firstPending = Long.MAX_VALUE;

    /** Completed when no subscription is pending; {@code null} while nobody waits for that. Guarded by this. */
    private Promise<Void> awaited;

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
        return hubPublisher.produce(key, body, headers, latest);
    }

    /**
     * Makes messages that are produced from now on wait for a subscription that is not made by {@link #listen}.
     *
     * @return the same subscription
     */
    public <T> Future<T> first(Future<T> subscription) {
        if (!subscription.isComplete()) {
            var number = begin();
            var timer = hub.vertx().setTimer(maxHoldMillis, id -> heldTooLong(number));
            subscription.onComplete(live -> {
                hub.vertx().cancelTimer(timer);
                end(number);
            });
        }
        return subscription;
    }

    /** Returns a future that completes when no subscription that has been begun holds messages back. */
    public synchronized Future<Void> settled() {
        if (pending.isEmpty()) {
            return Future.succeededFuture();
        }
        awaited = awaited == null ? Promise.promise() : awaited;
        return awaited.future();
    }

    private void heldTooLong(long number) {
        if (end(number)) {
            hubPublisher.waitedTooLong(maxHoldMillis);
        }
    }

    private synchronized long begin() {
        var number = latest == null ? 1 : latest.subscription() + 1;
        pending.add(number);
        firstPending = pending.first();
        latest = new After(this, number);
        return number;
    }

    private boolean end(long number) {
        boolean ended;
        Promise<Void> told = null;
        synchronized (this) {
            ended = pending.remove(number);
            firstPending = pending.isEmpty() ? Long.MAX_VALUE : pending.first();
            if (pending.isEmpty()) {
                told = awaited;
                awaited = null;
            }
        }
        if (ended) {
            hubPublisher.release(this);
        }
        if (told != null) {
            told.complete();
        }
        return ended;
    }

    /** The subscriptions that a message waits for: its client's, up to this number. */
    record After(HubClient client, long subscription) {

        boolean isNow() {
            return client.firstPending > subscription;
        }
    }
}
