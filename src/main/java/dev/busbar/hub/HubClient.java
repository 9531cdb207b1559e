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
 * before what it has begun to listen to earlier is live, and comes back to it. From any thread.
 *
 * <p>A subscription that fails holds nothing any more, nor does one that takes longer than {@link #LONGEST} or half of
 * {@code subscriptions.producing.timeout}. What is held counts among what {@code subscriptions.producing} bounds.
 */
public final class HubClient {

    /** Far longer than a broker that is there takes to bind; while it is away, nothing is sent anyway. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final Hub hub;
    private final HubPublisher hubPublisher;
    private final long longestMillis;
    /** The numbers of the subscriptions that are not live yet; guarded by this. */
    private final TreeSet<Long> pending = new TreeSet<>();
    /**
     * What is produced now waits for this; {@code null} while nothing has been listened to. Written guarded by this.
     */
    private volatile After latest;
    /** The first of those that are not live yet, or beyond all. Written guarded by this. */
    private volatile long firstPending = Long.MAX_VALUE;

    /** Completed when none is pending; {@code null} while nobody waits for that. Guarded by this. */
    private Promise<Void> awaited;

    HubClient(Hub hub, HubPublisher hubPublisher, Duration timeout) {
        this.hub = hub;
        this.hubPublisher = hubPublisher;
        longestMillis = Math.max(1, Math.min(LONGEST.toMillis(), timeout.toMillis() / 2));
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
     * Makes what is produced from now on wait for a subscription that is made otherwise than by {@link #listen}.
     *
     * @return the same subscription
     */
    public <T> Future<T> first(Future<T> subscription) {
        if (!subscription.isComplete()) {
            var number = begin();
            var timer = hub.vertx().setTimer(longestMillis, id -> tooLong(number));
            subscription.onComplete(live -> {
                hub.vertx().cancelTimer(timer);
                end(number);
            });
        }
        return subscription;
    }

    /** @return completes when all that has been begun to be listened to holds nothing any more */
    public synchronized Future<Void> settled() {
        if (pending.isEmpty()) {
            return Future.succeededFuture();
        }
        awaited = awaited == null ? Promise.promise() : awaited;
        return awaited.future();
    }

    private void tooLong(long number) {
        if (end(number)) {
            hubPublisher.waitedTooLong(longestMillis);
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

    /** The subscriptions that a message waits for: those of its client up to this number. */
    record After(HubClient client, long subscription) {

        boolean isNow() {
            return client.firstPending > subscription;
        }
    }
}
