package dev.busbar.mq;

import static java.util.Objects.requireNonNull;

import dev.busbar.config.BusbarConfig;
import dev.busbar.config.DeliveryMode;
import dev.busbar.config.InboundRoute;
import dev.busbar.config.QueueConfig;
import dev.busbar.config.QueueLife;
import dev.busbar.config.QueueType;
import dev.busbar.config.Scope;
import dev.busbar.hub.Hub;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Buildbot's message queue on futures; from any thread. What each kind of consumer is promised is in this package's
 * description.
 */
public final class MessageQueue {

    private static final Logger LOG = LoggerFactory.getLogger(MessageQueue.class);
    private static final String QUEUE = "busbar.mq.";
    private static final int MAX_NAME = 200;

    private final Hub hub;
    private final boolean owned;
    private final PersistentNames names;
    private final Set<QueueRef> consumers = ConcurrentHashMap.newKeySet();
    private final Set<EventWait> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private MessageQueue(Hub hub, boolean owned) {
        this.hub = hub;
        this.owned = owned;
        this.names = PersistentNames.of(hub.vertx());
    }

    /** With a hub of its own, which closes with it. */
    public static Future<MessageQueue> open(Vertx vertx, BusbarConfig config) {
        return Hub.open(vertx, config).map(hub -> new MessageQueue(hub, true));
    }

    /** Over a hub that others use too. */
    public static MessageQueue over(Hub hub) {
        return new MessageQueue(requireNonNull(hub, "hub"), false);
    }

    /** As {@link #produce(RoutingKey, Object, MultiMap)}, without headers. */
    public Future<Void> produce(RoutingKey key, Object body) {
        return produce(key, body, MultiMap.caseInsensitiveMultiMap());
    }

    /** @return as {@link Hub#produce}: completes when the broker has confirmed it */
    public Future<Void> produce(RoutingKey key, Object body, MultiMap headers) {
        return hub.produce(key, body, headers);
    }

    /** @return completes when the binding is live: whatever is produced from then on, anywhere, arrives */
    public Future<QueueRef> startConsuming(TopicFilter filter, MessageHandler handler) {
        requireNonNull(filter, "filter");
        requireNonNull(handler, "handler");
        if (closed) {
            return closedFailure();
        }
        var context = hub.vertx().getOrCreateContext();
        var consumer = new TransientConsumer(
                filter, hub.config().subscriptions().consumers(), context, handler, consumers::remove);
        return consumer.start(hub).compose(this::started);
    }

    /**
     * Consumes a durable queue that keeps what comes while nobody does.
     *
     * @param persistentName of its queue, {@code busbar.mq.NAME}; started before with another filter, that is replaced
     * @return completes when the consumer and the binding are live; fails if the name is consumed on this node already
     */
    public Future<QueueRef> startConsuming(TopicFilter filter, MessageHandler handler, String persistentName) {
        if (persistentName == null) {
            return startConsuming(filter, handler);
        }
        requireNonNull(filter, "filter");
        requireNonNull(handler, "handler");
        if (closed) {
            return closedFailure();
        }
        List<TopicFilter> earlier;
        try {
            checkName(persistentName);
            names.take(persistentName);
            earlier = names.others(persistentName, filter);
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Future.failedFuture(e);
        }
        if (!earlier.isEmpty()) {
            LOG.info("consumer '{}': its filter {} is replaced by '{}'", persistentName, earlier, filter);
        }
        var consumer = new PersistentConsumer(
                hub,
                persistentName,
                filter,
                route(persistentName, filter),
                hub.vertx().getOrCreateContext(),
                handler,
                ended -> {
                    names.release(persistentName);
                    consumers.remove(ended);
                });
        return consumer.start(earlier)
                .onFailure(ignored -> names.failed(persistentName))
                .onSuccess(ignored -> names.bound(persistentName, filter))
                .compose(this::started);
    }

    private Future<QueueRef> started(QueueRef consumer) {
        consumers.add(consumer);
        return closed
                ? consumer.stopConsuming().transform(ignored -> closedFailure())
                : Future.succeededFuture(consumer);
    }

    private static <T> Future<T> closedFailure() {
        return Future.failedFuture(new IllegalStateException("this message queue has been closed"));
    }

    private static void checkName(String name) {
        if (name.isBlank() || name.length() > MAX_NAME || !name.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("persistent name '"
                    + name.substring(0, Math.min(40, name.length())).replaceAll("\\p{Cntrl}", "?")
                    + "': write 1 to " + MAX_NAME + " printable ASCII characters without spaces");
        }
    }

    /** What it would be as a route. */
    private InboundRoute route(String name, TopicFilter filter) {
        var config = hub.config();
        var persistent = config.subscriptions().persistent();
        return new InboundRoute(
                "mq " + name,
                config.exchange(),
                List.of(filter),
                new QueueConfig(QUEUE + name, QueueLife.PERSISTENT, QueueType.CLASSIC, Map.of()),
                QUEUE + name,
                DeliveryMode.REQUEST,
                Scope.COMPETING,
                persistent.prefetch(),
                Duration.ofSeconds(30),
                persistent.onFailure(),
                0);
    }

    /** The persistent names this Vert.x has consumed and not removed; a broker cannot be asked for others. */
    public List<String> persistentNames() {
        return names.list();
    }

    /**
     * Removes the queue of a name, its bindings and what it holds; also of one this Vert.x has never consumed.
     *
     * @return whether it is gone; {@code false} while somebody consumes it, on whatever node
     */
    public Future<Boolean> removePersistent(String name) {
        try {
            checkName(name);
            names.take(name);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        } catch (IllegalStateException e) {
            return Future.succeededFuture(false);
        }
        return hub.withConnections(broker -> broker.consuming().deleteQueueIfUnused(QUEUE + name))
                .onSuccess(gone -> {
                    if (gone) {
                        names.forget(name);
                    } else {
                        names.failed(name);
                    }
                })
                .onFailure(ignored -> names.failed(name));
    }

    /** As {@link #waitUntilEvent(TopicFilter, Supplier, Duration)}, for a day at most. */
    public Future<Optional<Event>> waitUntilEvent(TopicFilter filter, Supplier<Future<Boolean>> check) {
        return waitUntilEvent(filter, check, Duration.ofDays(1));
    }

    /**
     * Waits for one event, unless it has happened already. It subscribes first and checks then, so that nothing is
     * missed in between, and unsubscribes whatever comes of it.
     *
     * @param check whether it has happened already
     * @return with the event, or empty when the check says that it has happened; fails as the check does, with a
     *     {@link java.util.concurrent.TimeoutException}, or with a {@link java.util.concurrent.CancellationException}
     *     when this is closed
     */
    public Future<Optional<Event>> waitUntilEvent(
            TopicFilter filter, Supplier<Future<Boolean>> check, Duration timeout) {
        var wait = new EventWait(hub.vertx());
        waits.add(wait);
        return wait.wait(startConsuming(filter, wait::happened), check, timeout, filter.toString())
                .onComplete(ignored -> waits.remove(wait));
    }

    /** Stops all consumers, cancels all waits, and closes the hub if it is this one's own. Idempotent. */
    public Future<Void> close() {
        closed = true;
        waits.forEach(EventWait::cancel);
        return Future.join(consumers.stream().map(QueueRef::stopConsuming).toList())
                .eventually(() -> owned ? hub.close() : Future.succeededFuture())
                .mapEmpty();
    }
}
