package dev.busbar.broker.amqp10;

import dev.busbar.broker.BindingChange;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.Existence;
import dev.busbar.broker.Permission;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.QueueBounds;
import dev.busbar.broker.QueueDepth;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.ConsumerConfig;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.message.Message;

/**
 * Shows exchanges, queues and bindings of one kind of broker as AMQP 1.0 nodes: the protocol itself has none of them.
 * Called on the connection's event loop; what a dialect remembers, it remembers for one connection. The exchange with
 * the empty name is the default exchange, which routes by queue name.
 */
interface Dialect {

    /**
     * Returns the hostname for the {@code open} frame.
     *
     * @param virtualHost the virtual host as the URI has it; {@code /} where the URI names none
     * @param host the host of the URI
     */
    default String hostname(String virtualHost, String host) {
        return virtualHost.isEmpty() || virtualHost.equals("/") ? host : virtualHost;
    }

    /** Whether the broker looks at the virtual host only when the first session begins. */
    default boolean looksAtVirtualHostLate() {
        return false;
    }

    /**
     * Whether the broker hangs up when a client names a virtual host that does not exist or that the user may not use.
     */
    default boolean hangsUpOnVirtualHost() {
        return false;
    }

    /**
     * Declares exchange, queue and bindings; leaves as it is what exists alike. Does with an exchange that others
     * declare what its {@link dev.busbar.config.Declaration} says.
     *
     * @param unnamed the name for a queue without a name, where the broker does not name it
     * @param rebound whether a queue that exists may be this subscription's own with the filters of an earlier moment:
     *     then it gets the filters of the topology
     * @return where to consume the queue, {@code null} if the topology has none; fails with a
     *     {@link dev.busbar.broker.BrokerException} that names what could not be declared, why, and the remedy
     */
    Future<ReceiverSources> declare(Peer peer, Topology topology, String unnamed, boolean rebound);

    /**
     * Declares a topology, or finds what of it others declare; see {@link #declare} and {@link #find}.
     *
     * @return fails with {@code AWAITED} if something that others declare is missing
     */
    default Future<ReceiverSources> provide(Peer peer, Topology topology, String unnamed, boolean rebound) {
        return topology.others()
                ? find(peer, topology)
                        .recover(failure -> topology.lacksQueue(failure)
                                ? NearNames.of(peer)
                                        .ofQueue(topology)
                                        .compose(near -> Future.failedFuture(near.queueExplained(failure)))
                                : Future.failedFuture(failure))
                : declare(peer, topology, unnamed, rebound);
    }

    /** Returns the outcome of what needs the exchange of a topology, with the reason if it is one of others. */
    static <T> Future<T> needingExchange(Peer peer, Topology topology, Future<T> outcome) {
        return outcome.recover(failure -> topology.lacksExchange(failure)
                ? NearNames.of(peer)
                        .ofExchange(topology)
                        .compose(near -> Future.failedFuture(near.exchangeExplained(failure)))
                : Future.failedFuture(failure));
    }

    /** Returns the names of all queues, as far as the broker lists them for this user. */
    default Future<List<String>> queueNames(Peer peer) {
        return Future.succeededFuture(List.of());
    }

    /** Returns the names of all exchanges, as far as the broker lists them for this user. */
    default Future<List<String>> exchangeNames(Peer peer) {
        return Future.succeededFuture(List.of());
    }

    /**
     * Looks for a queue that others declare, unless it is {@link Topology#isTrusted trusted} to exist, and compares it
     * where it {@link Topology#isCompared has to be}.
     *
     * @return where to consume the queue; fails with {@code NOT_FOUND} if there is no such queue
     */
    Future<ReceiverSources> find(Peer peer, Topology topology);

    /**
     * Changes the bindings of a queue that is being consumed.
     *
     * @param topology has the filters that the queue is to have when the changes have been made
     * @param queue the queue's name on the broker
     * @return a future for each change in turn, completed when the change has been made; see
     *     {@link dev.busbar.broker.BindingWire#apply}
     */
    List<Future<Void>> rebind(Peer peer, Topology topology, String queue, List<BindingChange> changes);

    /**
     * Looks whether what a live consumer depends on still exists, and mends what can be mended, e.g. the binding to an
     * exchange that was deleted and declared again. Called from time to time.
     *
     * @param queue the queue's name on the broker
     */
    Future<Void> renew(Peer peer, Topology topology, String queue);

    /**
     * Finds out what has to be known of the broker before a message can be addressed.
     *
     * @return {@code null} if the message can be sent at once, as with most brokers; else completes with {@code null}
     *     when it can be sent, or with its outcome if it cannot be
     */
    default Future<PublishOutcome> locate(Peer peer, BridgeMessage message) {
        return null;
    }

    /** Returns the target to which a sender for this exchange attaches. Exchanges with equal targets share a link. */
    Target target(String exchange);

    /** Whether a link to the {@link #target(String)} takes all messages for the exchange. */
    default boolean hasTargetOfExchange(Peer peer) {
        return true;
    }

    /** Returns the target to which a sender for this message attaches. Messages with equal targets share a link. */
    default Target target(Peer peer, BridgeMessage message) {
        return target(message.exchange());
    }

    /** Addresses a message that is sent on a link to {@link #target}. */
    void address(Peer peer, Message amqp, BridgeMessage message);

    /**
     * Returns where a received message came from.
     *
     * @param queue the queue's name on the broker
     */
    MessageAddress addressOf(Message message, Topology topology, String queue);

    /** Returns the delivery state that tells the broker the outcome of a delivery. */
    default DeliveryState state(Settlement settlement) {
        return Outcomes.of(settlement);
    }

    /**
     * Whether the broker counts it as a failure of the message if a session ends with a delivery unsettled, but not if
     * the delivery is given back before.
     */
    default boolean blamesWhatASessionLeaves() {
        return false;
    }

    /**
     * Whether the message of a delivery is in its queue again when the broker says that the delivery is released, so
     * that no settlement of the delivery affects the message.
     */
    default boolean takesBackByReleasing() {
        return false;
    }

    /**
     * Returns what the broker means by the delivery state of a transfer.
     *
     * @return {@code Confirmed}, {@code Unroutable} or {@code Refused}; or {@code Lost} if what the message was sent to
     *     is gone and has to be declared again
     */
    default PublishOutcome outcome(DeliveryState state, BridgeMessage message) {
        return Outcomes.of(state);
    }

    /**
     * Finds out whether a queue has taken a mandatory message that the broker has confirmed, where the broker confirms
     * either way.
     *
     * @return {@code null} if the confirm tells, as with most brokers
     */
    default Future<PublishOutcome> verify(Peer peer, BridgeMessage message) {
        return null;
    }

    /** Returns properties as their sender meant them, where the broker writes them in a way of its own. */
    default MessageProperties received(MessageProperties properties) {
        return properties;
    }

    /**
     * Asks the broker for any answer, where the broker may announce no idle time-out: it would send its empty frames
     * even if nothing reached it any more.
     */
    default Future<Void> ping(Peer peer) {
        return Future.succeededFuture();
    }

    /**
     * Returns the source for consuming a queue that exists, or fails with {@code NOT_FOUND} if it is known not to
     * exist.
     */
    Future<Source> source(Peer peer, String queue);

    /**
     * Returns how often the consumers of a topology grant their credit anew, because the broker may forget it: the
     * milliseconds between two grants, 0 for never.
     */
    default long creditMillis(Topology topology) {
        return 0;
    }

    /**
     * Returns the properties of the link that consumes a queue.
     *
     * @throws BrokerException if the broker cannot consume like that
     */
    default Map<Symbol, Object> linkProperties(ConsumerConfig consumer) {
        if (consumer.equals(ConsumerConfig.PLAIN)) {
            return Map.of();
        }
        throw new BrokerException(
                BrokerException.Kind.MISMATCH,
                "the tag, priority, exclusiveness or arguments of a consumer cannot be set over AMQP 1.0 with this"
                        + " broker. Use amqp:// for this route, or remove from.consumer");
    }

    /** Whether a link can be drained. If not, a queue counts as empty when no message comes for a while. */
    default boolean drains() {
        return true;
    }

    /** See {@link dev.busbar.broker.BrokerConnection#traits}. */
    default BrokerTraits traits(Peer peer) {
        return BrokerTraits.NONE;
    }

    /** See {@link dev.busbar.broker.BrokerConnection#arguments}. */
    Future<Map<String, Object>> arguments(QueueBounds bounds);

    /** See {@link dev.busbar.broker.BrokerConnection#depth}. */
    Future<QueueDepth> depth(Peer peer, String queue);

    /** See {@link dev.busbar.broker.BrokerConnection#inspect}; may also fail with {@code NOT_FOUND}. */
    Future<Existence> inspect(Peer peer, Topology topology);

    /**
     * Returns why this broker cannot have the queue of a topology, or, if it has none, its exchange; {@code null} if
     * the broker can, or if only a declaration tells.
     */
    default BrokerException refusal(Topology topology) {
        return null;
    }

    /** Returns that what exists fits, once it has been compared, or only that it exists, if it need not fit. */
    static Future<Existence> existence(Topology topology, Supplier<Future<?>> comparison) {
        return topology.hasToFit() ? comparison.get().map(Existence.FITS) : Future.succeededFuture(Existence.EXISTS);
    }

    /** See {@link dev.busbar.broker.BrokerConnection#ask}. */
    default Future<Void> ask(Peer peer, Permission permission) {
        return Future.succeededFuture();
    }

    /** See {@link dev.busbar.broker.BrokerConnection#deleteQueueIfUnused}. */
    Future<Boolean> deleteQueueIfUnused(Peer peer, String queue);
}
