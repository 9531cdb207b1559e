package dev.busbar.broker.amqp10;

import dev.busbar.broker.BindingChange;
import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.QueueBounds;
import dev.busbar.broker.QueueDepth;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.codec.MessageProperties;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.message.Message;

/**
 * How one kind of broker shows exchanges, queues and bindings as AMQP 1.0 nodes: the protocol itself has none of them.
 * Called on the connection's event loop; what it remembers, it remembers for one connection. The exchange with the
 * empty name is the default exchange, which routes by queue name.
 */
interface Dialect {

    /**
     * The hostname for the {@code open} frame.
     *
     * @param virtualHost as the URI has it; {@code /} where it names none
     * @param host of the URI
     */
    default String hostname(String virtualHost, String host) {
        return virtualHost.isEmpty() || virtualHost.equals("/") ? host : virtualHost;
    }

    /** Whether the broker looks at the virtual host only when the first session begins. */
    default boolean looksAtVirtualHostLate() {
        return false;
    }

    /** Whether the broker hangs up on whoever names a virtual host that is not there or not for this user. */
    default boolean hangsUpOnVirtualHost() {
        return false;
    }

    /**
     * Declares exchange, queue and bindings; what exists alike is left as it is.
     *
     * @param unnamed what to call a queue that has no name, where the broker does not name it
     * @param rebound whether a queue that exists may be this subscription's own with the filters of an earlier moment:
     *     then it gets these
     * @return where to consume the queue, {@code null} if the topology has none; fails with a
     *     {@link dev.busbar.broker.BrokerException} that names what could not be declared, why, and the remedy
     */
    Future<Origin> declare(Peer peer, Topology topology, String unnamed, boolean rebound);

    /** The same where no filter ever changes. */
    default Future<Origin> declare(Peer peer, Topology topology, String unnamed) {
        return declare(peer, topology, unnamed, false);
    }

    /**
     * Looks for a queue that others declare, and compares it where it {@link Topology#isCompared has to be}.
     *
     * @return where to consume it; fails with {@code NOT_FOUND} if there is no such queue
     */
    Future<Origin> look(Peer peer, Topology topology);

    /**
     * Changes the bindings of a queue that is being consumed.
     *
     * @param topology with the filters the queue is to have when the changes have been made
     * @param queue the name it has on the broker
     * @return of each change in turn when it has been made, see {@link dev.busbar.broker.BindingWire#apply}
     */
    List<Future<Void>> rebind(Peer peer, Topology topology, String queue, List<BindingChange> changes);

    /**
     * Looks whether what a live consumer depends on still exists, and mends what can be mended, e.g. the binding to an
     * exchange that was deleted and declared again; called now and then.
     *
     * @param queue the name it has on the broker
     */
    Future<Void> renew(Peer peer, Topology topology, String queue);

    /**
     * Finds out what has to be known of the broker before a message can be addressed.
     *
     * @return {@code null} if it can be sent at once, as with most brokers; else completes with {@code null} when it
     *     can be, or with what becomes of it without
     */
    default Future<PublishOutcome> locate(Peer peer, BridgeMessage message) {
        return null;
    }

    /** Where a sender for this exchange is attached to. Exchanges with equal targets share a link. */
    Target target(String exchange);

    /** Addresses a message on a link to {@link #target}. */
    void address(Peer peer, Message amqp, BridgeMessage message);

    /**
     * Where a received message came from.
     *
     * @param queue the name the queue has on the broker
     */
    MessageAddress place(Message message, Topology topology, String queue);

    /** How to tell the broker the outcome of a delivery. */
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
     * Whether a sender that says of a delivery that it is released has the message in its queue again, so that settling
     * the delivery, however, does not touch it.
     */
    default boolean takesBackByReleasing() {
        return false;
    }

    /**
     * What the broker means by a transfer's outcome.
     *
     * @return {@code Confirmed}, {@code Unroutable} or {@code Refused}; or {@code Lost} if what it was sent to is gone
     *     and has to be declared again
     */
    default PublishOutcome outcome(DeliveryState state, BridgeMessage message) {
        return Outcomes.of(state);
    }

    /**
     * Finds out whether a queue has taken a mandatory message that the broker has confirmed, where it confirms either
     * way.
     *
     * @return {@code null} if the confirm tells, as with most brokers
     */
    default Future<PublishOutcome> verify(Peer peer, BridgeMessage message) {
        return null;
    }

    /** Properties as their sender meant them, where the broker writes them in a way of its own. */
    default MessageProperties received(MessageProperties properties) {
        return properties;
    }

    /**
     * Asks the broker for any answer, where it may announce no idle time-out and would send its empty frames even if
     * nothing reached it any more.
     */
    default Future<Void> ping(Peer peer) {
        return Future.succeededFuture();
    }

    /** Where to consume a queue that exists; fails with {@code NOT_FOUND} if it is known not to. */
    Future<Source> source(Peer peer, String queue);

    /**
     * How often the credit of a topology's consumers is granted anew, in milliseconds, as the broker may forget it; 0
     * for never.
     */
    default long creditMillis(Topology topology) {
        return 0;
    }

    /** Whether a link can be drained: else a queue counts as empty when nothing comes for a while. */
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

    /** See {@link dev.busbar.broker.BrokerConnection#deleteQueueIfUnused}. */
    Future<Boolean> deleteQueueIfUnused(Peer peer, String queue);
}
