package dev.busbar.mq;

import static java.util.Objects.requireNonNull;

import dev.busbar.Internal;
import dev.busbar.config.BusbarConfig;
import dev.busbar.hub.Hub;
import dev.busbar.hub.HubClient;
import dev.busbar.topic.RoutingKey;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Produces, consumes and waits for events, as Buildbot's message queue does, on futures; from any thread. What each
 * kind of consumer is promised is in this package's description.
 */
public final class MessageQueue {

    private final Hub hub;
    private final HubClient client;
    private final boolean owned;
    private final PersistentConsumers persistent;
    private final Set<QueueRef> consumers = ConcurrentHashMap.newKeySet();
    private final Set<EventWait> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private MessageQueue(Hub hub, boolean owned) {
        this.hub = hub;
        this.client = hub.client();
        this.owned = owned;
        this.persistent = new PersistentConsumers(hub);
    }

    /**
     * Opens a message queue, with connections to the broker that close with it.
     *
     * @param vertx whose event loops are used
     * @param config the broker, the exchange, and the bounds of {@code subscriptions}
     * @return completes when it is connected
     */
    public static Future<MessageQueue> open(Vertx vertx, BusbarConfig config) {
        return Hub.open(vertx, config).map(hub -> new MessageQueue(hub, true));
    }

    /**
     * Makes a message queue over a hub that others use too.
     *
     * @param hub not closed by this
     * @return usable at once
     */
    @Internal
    public static MessageQueue over(Hub hub) {
        return new MessageQueue(requireNonNull(hub, "hub"), false);
    }

    /**
     * Produces an event without headers.
     *
     * @param key by which consumers are found
     * @param body as with {@link #produce(RoutingKey, Object, MultiMap)}
     * @return as that of {@link #produce(RoutingKey, Object, MultiMap)}
     */
    public Future<Void> produce(RoutingKey key, Object body) {
        return produce(key, body, MultiMap.caseInsensitiveMultiMap());
    }

    /**
     * Produces an event. It reaches every consumer of this message queue whose start was begun before.
     *
     * @param key by which consumers are found
     * @param body anything that an outbound route takes: JSON, text, bytes, numbers; not to be changed afterwards
     * @param headers as a sender to an outbound route sets them; may be empty
     * @return completes when the broker has confirmed it; nobody need listen. Fails with a
     *     {@link io.vertx.core.eventbus.ReplyException} with the code of a {@link dev.busbar.delivery.SendFailure}
     */
    public Future<Void> produce(RoutingKey key, Object body, MultiMap headers) {
        return client.produce(key, body, headers);
    }

    /**
     * Consumes what is published while it does, at most once.
     *
     * @param filter the keys of what is consumed
     * @param handler called on the context of this call, one message after the other
     * @return completes when the binding is live: whatever is produced from then on, anywhere, arrives
     */
    public Future<QueueRef> startConsuming(TopicFilter filter, MessageHandler handler) {
        requireNonNull(filter, "filter");
        requireNonNull(handler, "handler");
        if (closed) {
            return closedFailure();
        }
        var context = hub.vertx().getOrCreateContext();
        var consumer = new TransientConsumer(
                filter, hub.config().subscriptions().consumers(), context, handler, consumers::remove);
        return client.first(consumer.start(hub)).compose(this::started);
    }

    /**
     * Consumes a durable queue, which keeps the messages that come while nobody consumes it.
     *
     * @param filter the keys of what is consumed
     * @param handler called on the context of this call, one message after the other
     * @param persistentName of its queue, {@code busbar.mq.NAME}: letters, digits and {@code . _ -}; started before
     *     with another filter, that is replaced
     * @return completes when the consumer and the binding are live; fails with a {@link NameTakenException} if the name
     *     is consumed on this node already
     */
    public Future<QueueRef> startConsuming(TopicFilter filter, MessageHandler handler, String persistentName) {
        if (persistentName == null) {
            return startConsuming(filter, handler);
        }
        requireNonNull(filter, "filter");
        requireNonNull(handler, "handler");
        return closed
                ? closedFailure()
                : client.first(persistent.start(persistentName, filter, handler, consumers::remove))
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

    /**
     * Returns the persistent names this Vert.x has consumed and not removed; a broker cannot be asked for others.
     *
     * @return in order
     */
    public List<String> persistentNames() {
        return persistent.names();
    }

    /**
     * Removes the queue of a persistent name, with its bindings and messages. This Vert.x need not have consumed it.
     *
     * @param name that of the consumer
     * @return whether it is gone; {@code false} while somebody consumes it, on whatever node
     */
    public Future<Boolean> removePersistent(String name) {
        return persistent.remove(name);
    }

    /**
     * Waits for one event, for a day at most.
     *
     * @param filter the keys of what is waited for
     * @param check whether it has happened already
     * @return as that of {@link #waitUntilEvent(TopicFilter, Supplier, Duration)}
     */
    public Future<Optional<Event>> waitUntilEvent(TopicFilter filter, Supplier<Future<Boolean>> check) {
        return waitUntilEvent(filter, check, Duration.ofDays(1));
    }

    /**
     * Waits for one event, unless it has happened already. Subscribes first and checks then, so that no event between
     * is missed, and unsubscribes whatever the outcome.
     *
     * @param filter the keys of what is waited for
     * @param check whether it has happened already
     * @param timeout how long to wait
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

    /**
     * Stops all consumers, cancels all waits, and closes the connections if they are this one's own. Idempotent.
     *
     * @return completes when all is closed
     */
    public Future<Void> close() {
        closed = true;
        waits.forEach(EventWait::cancel);
        return Future.join(consumers.stream().map(QueueRef::stopConsuming).toList())
                .eventually(() -> owned ? hub.close() : Future.succeededFuture())
                .mapEmpty();
    }
}
