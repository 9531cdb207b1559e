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
 * Produces, consumes and waits for events, as Buildbot's message queue does, on futures; from any thread. The
 * description of this package says what each kind of consumer can rely on.
 */
public final class MessageQueue {

    private final Hub hub;
    private final HubClient client;
    private final boolean ownsHub;
    private final PersistentConsumers persistentConsumers;
    private final Set<QueueRef> consumers = ConcurrentHashMap.newKeySet();
    private final Set<EventWait> waits = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private MessageQueue(Hub hub, boolean ownsHub) {
        this.hub = hub;
        this.client = hub.client();
        this.ownsHub = ownsHub;
        this.persistentConsumers = new PersistentConsumers(hub);
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
     * @param hub stays open when the message queue is closed
     * @return usable at once
     */
    @Internal
    public static MessageQueue over(Hub hub) {
        return new MessageQueue(requireNonNull(hub, "hub"), false);
    }

    /**
     * Produces an event without headers.
     *
     * @param key the routing key, which the filters of consumers match
     * @param body as with {@link #produce(RoutingKey, Object, MultiMap)}
     * @return as with {@link #produce(RoutingKey, Object, MultiMap)}
     */
    public Future<Void> produce(RoutingKey key, Object body) {
        return produce(key, body, MultiMap.caseInsensitiveMultiMap());
    }

    /**
     * Produces an event. It reaches every consumer that this message queue began to start before this call.
     *
     * @param key the routing key, which the filters of consumers match
     * @param body anything that an outbound route takes: JSON, text, bytes, numbers; must not be changed afterwards
     * @param headers as a sender to an outbound route sets them; may be empty
     * @return completes when the broker has confirmed the event, even if nobody consumes it. Fails with a
     *     {@link io.vertx.core.eventbus.ReplyException} with the code of a {@link dev.busbar.delivery.SendFailure}
     */
    public Future<Void> produce(RoutingKey key, Object body, MultiMap headers) {
        return client.produce(key, body, headers);
    }

    /**
     * Starts a consumer without a queue of its own: it receives, at most once, the events that are produced while it
     * consumes.
     *
     * @param filter matches the keys of the events
     * @param handler called on the context of this call, one event after the other
     * @return completes when the binding is live: from then on every event arrives, whoever produces it
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
     * Starts a consumer of a durable queue, which keeps the events that are produced while nobody consumes it.
     *
     * @param filter matches the keys of the events; replaces the filter with which the name was consumed before
     * @param handler called on the context of this call, one event after the other
     * @param persistentName names the queue, {@code busbar.mq.NAME@EXCHANGE}: letters, digits and {@code . _ -}
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
                : client.first(persistentConsumers.start(persistentName, filter, handler, consumers::remove))
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
     * Returns the persistent names that this Vert.x has consumed and not removed. Those of other processes are unknown,
     * because a broker cannot be asked for them.
     *
     * @return in order
     */
    public List<String> persistentNames() {
        return persistentConsumers.names();
    }

    /**
     * Removes the queue of a persistent name, with its bindings and messages. This Vert.x need not have consumed it.
     *
     * @param name the persistent name of the consumer
     * @return whether the queue is gone; {@code false} while somebody consumes it, on whatever node
     */
    public Future<Boolean> removePersistent(String name) {
        return persistentConsumers.remove(name);
    }

    /**
     * Waits for one event, for a day at most.
     *
     * @param filter matches the key of the event
     * @param check whether the event has happened already
     * @return as with {@link #waitUntilEvent(TopicFilter, Supplier, Duration)}
     */
    public Future<Optional<Event>> waitUntilEvent(TopicFilter filter, Supplier<Future<Boolean>> check) {
        return waitUntilEvent(filter, check, Duration.ofDays(1));
    }

    /**
     * Waits for one event, unless it has happened already. Subscribes before the check, so that an event in between is
     * not missed, and unsubscribes whatever the outcome.
     *
     * @param filter matches the key of the event
     * @param check whether the event has happened already
     * @param timeout how long to wait
     * @return completes with the event, or empty if the check says that it has happened; fails as the check does, with
     *     a {@link java.util.concurrent.TimeoutException}, or with a {@link java.util.concurrent.CancellationException}
     *     when the message queue is closed
     */
    public Future<Optional<Event>> waitUntilEvent(
            TopicFilter filter, Supplier<Future<Boolean>> check, Duration timeout) {
        var wait = new EventWait(hub.vertx());
        waits.add(wait);
        return wait.wait(startConsuming(filter, wait::happened), check, timeout, filter.toString())
                .onComplete(ignored -> waits.remove(wait));
    }

    /**
     * Stops all consumers, cancels all waits, and closes the connections if the message queue opened them itself.
     * Idempotent.
     *
     * @return completes when all is closed
     */
    public Future<Void> close() {
        closed = true;
        waits.forEach(EventWait::cancel);
        return Future.join(consumers.stream().map(QueueRef::stopConsuming).toList())
                .eventually(() -> ownsHub ? hub.close() : Future.succeededFuture())
                .mapEmpty();
    }
}
