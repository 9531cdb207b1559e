package dev.busbar.broker.amqp10;

import dev.busbar.broker.BindingChange;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.Existence;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.QueueBounds;
import dev.busbar.broker.QueueDepth;
import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.message.Message;

/**
 * Speaks to ActiveMQ Artemis, which has addresses that hand messages to their queues.
 *
 * <ul>
 *   <li>An exchange is a multicast address of its name, and the routing key is the message's subject. The bindings are
 *       the filter string of a queue at that address, all in one, in terms of {@code JMSType}, as selectors call the
 *       subject. So a JMS client takes part by a topic and a type.
 *   <li>The default exchange is every queue by its name: a message goes to {@code address::queue}.
 *   <li>The exchange {@code amq.topic} is Artemis' own address space: the routing key is the address, and a filter is
 *       an address with Artemis' wildcards, which are those of AMQP. That is where other clients' topics are, e.g.
 *       those of MQTT. Artemis keeps an address it has seen until it restarts, about 11 KiB each, so that keys should
 *       not hold ever new numbers there.
 *   <li>A queue that is bound to nothing is an anycast queue at the address of its name.
 * </ul>
 *
 * <p>Exchanges have no wildcard addresses, for that cost, and because Artemis 2 matches them wrongly where {@code #} is
 * not the last word.
 *
 * <p>{@link ArtemisRoutes} looks up whether a mandatory message has found a queue; diverts and the queues of other
 * nodes of a cluster do not count there. A message that is given back counts as a failed delivery, of which Artemis
 * allows {@code max-delivery-attempts}.
 */
final class ArtemisDialect implements Dialect {

    /** The exchange that stands for the addresses of the broker as they are. */
    static final String ADDRESSES = "amq.topic";

    static final String MULTICAST = "MULTICAST";
    static final String ANYCAST = "ANYCAST";

    private static final Symbol TOPIC = Symbol.valueOf("topic");
    private static final String NO_ADDRESS_CODE = "AMQ119002";

    private final ArtemisRoutes routes = new ArtemisRoutes();
    private final Set<String> warnedQueues = new HashSet<>();

    /** Returns what keeps a name from being an address of Artemis; {@code null} if nothing does. */
    static String problem(String what, String name) {
        for (var special : new String[] {"::", "*", "#", "?"}) {
            if (name.contains(special)) {
                return what + " '" + name + "': '" + special + "' has a meaning of its own in its addresses";
            }
        }
        return null;
    }

    @Override
    public Future<ReceiverSources> declare(Peer peer, Topology topology, String unnamed, boolean rebound) {
        var declarations = new ArtemisTopology(new ArtemisManagement(peer));
        var declared = Dialect.needingExchange(peer, topology, declarations.declare(topology.exchange()));
        var queue = topology.queue();
        if (queue == null) {
            return declared.mapEmpty();
        }
        var name = queue.name() == null ? unnamed : queue.name();
        return declared.compose(ignored -> declarations.declare(name, topology, rebound))
                .compose(existing -> warnOfDrops(declarations, existing).map(sources(name, existing)));
    }

    @Override
    public Future<ReceiverSources> find(Peer peer, Topology topology) {
        var declarations = new ArtemisTopology(new ArtemisManagement(peer));
        var name = topology.queue().name();
        if (topology.isTrusted() && name.contains("::")) {
            // A queue with its address. Of a bare name Artemis would make an address and a queue if there are none.
            var source = new Source();
            source.setAddress(name);
            return Future.succeededFuture(ReceiverSources.of(name, source));
        }
        return existing(peer, name, "looking for queue '" + name + "'")
                .compose(found -> topology.isCompared()
                        ? declarations.declare(name, topology, false)
                        : Future.succeededFuture(found))
                .compose(found -> warnOfDrops(declarations, found).map(sources(name, found)));
    }

    @Override
    public Future<Existence> inspect(Peer peer, Topology topology) {
        var declarations = new ArtemisTopology(new ArtemisManagement(peer));
        var exchange = topology.exchange();
        var queue = topology.queue();
        return queue == null
                ? declarations
                        .find(exchange.name())
                        .compose(ignored -> Dialect.existence(topology, () -> declarations.declare(exchange)))
                : existing(peer, queue.name(), "looking for queue '" + queue.name() + "'")
                        .compose(found ->
                                Dialect.existence(topology, () -> declarations.declare(queue.name(), topology, false)));
    }

    @Override
    public BrokerException refusal(Topology topology) {
        return topology.queue() == null
                ? ArtemisTopology.refusal(topology.exchange())
                : ArtemisTopology.refusal(topology.queue().name(), topology);
    }

    @Override
    public Future<List<String>> queueNames(Peer peer) {
        return new ArtemisManagement(peer)
                .allQueues("looking for queues of like names")
                .map(queues -> queues.stream().map(ArtemisQueue::name).toList());
    }

    @Override
    public Future<List<String>> exchangeNames(Peer peer) {
        return new ArtemisManagement(peer).addressNames("looking for addresses of like names");
    }

    private static ReceiverSources sources(String name, ArtemisQueue queue) {
        var source = new Source();
        source.setAddress(queue.qualifiedName());
        return ReceiverSources.of(name, source);
    }

    /** Warns once for each queue. */
    private Future<Void> warnOfDrops(ArtemisTopology declarations, ArtemisQueue queue) {
        return queue.isDurable() && warnedQueues.add(queue.name())
                ? declarations.warnOfDrops(queue)
                : Future.succeededFuture();
    }

    @Override
    public List<Future<Void>> rebind(Peer peer, Topology topology, String queue, List<BindingChange> changes) {
        return new ArtemisRebinding(new ArtemisManagement(peer)).rebind(topology, queue, changes);
    }

    /**
     * Has nothing to mend: Artemis tells the consumers of a queue that is deleted, and an address cannot be deleted
     * before its queues.
     */
    @Override
    public Future<Void> renew(Peer peer, Topology topology, String queue) {
        return Future.succeededFuture();
    }

    @Override
    public Target target(String exchange) {
        var target = new Target();
        if (!isAnonymous(exchange)) {
            target.setAddress(exchange);
            target.setCapabilities(TOPIC);
        }
        return target;
    }

    private static boolean isAnonymous(String exchange) {
        return exchange.isEmpty() || exchange.equals(ADDRESSES);
    }

    @Override
    public Future<PublishOutcome> locate(Peer peer, BridgeMessage message) {
        return message.exchange().isEmpty() ? routes.locate(peer, message.routingKey()) : null;
    }

    @Override
    public void address(Peer peer, Message amqp, BridgeMessage message) {
        amqp.setSubject(message.routingKey());
        if (message.exchange().isEmpty()) {
            amqp.setAddress(routes.addressOf(message.routingKey()));
        } else if (message.exchange().equals(ADDRESSES)) {
            var problem = problem("key", message.routingKey());
            if (problem != null || message.routingKey().isEmpty()) {
                throw new IllegalArgumentException(
                        "it cannot be addressed: Artemis has no " + (problem == null ? "empty address" : problem));
            }
            amqp.setAddress(message.routingKey());
        } else {
            amqp.setAddress(message.exchange());
        }
    }

    @Override
    public Future<PublishOutcome> verify(Peer peer, BridgeMessage message) {
        return routes.verify(peer, message);
    }

    @Override
    public PublishOutcome outcome(DeliveryState state, BridgeMessage message) {
        return state instanceof Rejected rejected
                        && rejected.getError() != null
                        && String.valueOf(rejected.getError().getDescription()).startsWith(NO_ADDRESS_CODE)
                ? new PublishOutcome.Unroutable(rejected.getError().getDescription())
                : Outcomes.of(state);
    }

    @Override
    public MessageAddress addressOf(Message message, Topology topology, String queue) {
        var to = message.getAddress();
        var subject = message.getSubject();
        if (!topology.isBound() || (to != null && to.endsWith("::" + queue))) {
            return new MessageAddress("", subject == null ? queue : subject);
        }
        var exchange = topology.exchange().name();
        return exchange.equals(ADDRESSES) && to != null
                ? new MessageAddress(exchange, to)
                : new MessageAddress(exchange, subject == null ? "" : subject);
    }

    @Override
    public Future<Source> source(Peer peer, String queue) {
        return existing(peer, queue, "taking from queue '" + queue + "'").map(found -> {
            var source = new Source();
            source.setAddress(found.qualifiedName());
            return source;
        });
    }

    /** Fails: the address-settings of Artemis limit bytes and age, not arguments of a queue. */
    @Override
    public Future<Map<String, Object>> arguments(QueueBounds bounds) {
        return Future.failedFuture(new BrokerException(
                BrokerException.Kind.MISMATCH,
                "Artemis has no queue arguments for bytes and age, only ring-size, for messages"));
    }

    @Override
    public Future<QueueDepth> depth(Peer peer, String queue) {
        return existing(peer, queue, "counting the messages of queue '" + queue + "'")
                .map(found -> new QueueDepth(found.waiting(), found.consumers()));
    }

    private static Future<ArtemisQueue> existing(Peer peer, String queue, String doing) {
        return new ArtemisManagement(peer)
                .queue(queue, doing)
                .compose(found -> found == null
                        ? Future.failedFuture(new BrokerException(
                                BrokerException.Kind.NOT_FOUND,
                                "something is missing " + doing + ": there is no such queue. Create it, or correct its"
                                        + " name"))
                        : Future.succeededFuture(found));
    }

    @Override
    public Future<Boolean> deleteQueueIfUnused(Peer peer, String queue) {
        return new ArtemisManagement(peer).deleteQueueIfUnused(queue);
    }
}
