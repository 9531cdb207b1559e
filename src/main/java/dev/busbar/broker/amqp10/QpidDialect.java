package dev.busbar.broker.amqp10;

import dev.busbar.broker.BindingChange;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.BrokerTraits;
import dev.busbar.broker.Existence;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.QueueBounds;
import dev.busbar.broker.QueueDepth;
import dev.busbar.broker.Settlement;
import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.message.Message;

/**
 * Speaks to Qpid Broker-J, which has the exchanges and queues of AMQP 0-9-1. Messages go over one anonymous link to
 * {@code EXCHANGE/KEY}, or to {@code QUEUE}; that is how the broker itself writes the {@code to} of a message that
 * entered by 0-9-1, and its {@code subject} is then the type. (Subject as routing key would work too, but an
 * application property {@code routing-key} would override it.) A foreign sender attached to an exchange may have put
 * the key into the subject. Exchanges, queues and bindings are declared through {@code $management}.
 */
final class QpidDialect implements Dialect {

    private static final long STANDBY_CREDIT_MILLIS = 1_000;

    @Override
    public Future<ReceiverSources> declare(Peer peer, Topology topology, String unnamed, boolean rebound) {
        var management = new QpidManagement(peer);
        var declared = Dialect.needingExchange(peer, topology, management.declare(topology.exchange()));
        var queue = topology.queue();
        if (queue == null) {
            return declared.compose(ignored ->
                            Dialect.needingExchange(peer, topology, management.warnOfDiscards(topology.exchange())))
                    .mapEmpty();
        }
        var name = queue.name() == null ? unnamed : queue.name();
        return declared.compose(ignored -> management.declare(name, topology))
                .compose(ignored -> Dialect.needingExchange(peer, topology, management.bindAll(name, topology)))
                .compose(ignored -> source(peer, name))
                .map(source -> ReceiverSources.of(name, source));
    }

    @Override
    public Future<ReceiverSources> find(Peer peer, Topology topology) {
        var management = new QpidManagement(peer);
        var name = topology.queue().name();
        var found = topology.isTrusted() ? Future.<QueueDepth>succeededFuture() : management.depth(name);
        return found.compose(ignored ->
                        topology.isCompared() ? management.declare(name, topology) : Future.succeededFuture())
                .compose(ignored -> source(peer, name))
                .map(source -> ReceiverSources.of(name, source));
    }

    @Override
    public Future<List<String>> queueNames(Peer peer) {
        return new QpidManagement(peer).queueNames();
    }

    @Override
    public Future<List<String>> exchangeNames(Peer peer) {
        return new QpidManagement(peer).exchangeNames();
    }

    /** Broker-J may make a consumer that stands by the active one without sending it the messages that are there. */
    @Override
    public long creditMillis(Topology topology) {
        return topology.singleActive() ? STANDBY_CREDIT_MILLIS : 0;
    }

    @Override
    public Future<Void> renew(Peer peer, Topology topology, String queue) {
        var management = new QpidManagement(peer);
        return management.declare(topology.exchange()).compose(ignored -> management.bindAll(queue, topology));
    }

    @Override
    public List<Future<Void>> rebind(Peer peer, Topology topology, String queue, List<BindingChange> changes) {
        var management = new QpidManagement(peer);
        return changes.stream()
                .map(change -> management.bind(queue, topology, change))
                .toList();
    }

    @Override
    public Target target(String exchange) {
        return new Target();
    }

    @Override
    public void address(Peer peer, Message amqp, BridgeMessage message) {
        var exchange = message.exchange();
        if (exchange.indexOf('/') >= 0
                || exchange.isEmpty() && message.routingKey().indexOf('/') >= 0) {
            throw new IllegalArgumentException("Broker-J takes what is before a slash for the exchange, so that '"
                    + (exchange.isEmpty() ? message.routingKey() : exchange)
                    + "' cannot be addressed: use a name without");
        }
        amqp.setAddress(exchange.isEmpty() ? message.routingKey() : exchange + "/" + message.routingKey());
        amqp.setSubject(message.properties().type());
    }

    /** Accepts what is rejected, because Broker-J would put it back. */
    @Override
    public DeliveryState state(Settlement settlement) {
        return Outcomes.of(settlement == Settlement.REJECTED ? Settlement.ACCEPTED : settlement);
    }

    @Override
    public BrokerTraits traits(Peer peer) {
        return BrokerTraits.BROKER_J;
    }

    @Override
    public MessageAddress addressOf(Message message, Topology topology, String queue) {
        var to = message.getAddress();
        var slash = to == null ? -1 : to.indexOf('/');
        if (slash > 0) {
            return new MessageAddress(to.substring(0, slash), to.substring(slash + 1), message.getSubject());
        }
        if (message.getSubject() != null && topology.isBound() && !queue.equals(to)) {
            return new MessageAddress(to == null ? topology.exchange().name() : to, message.getSubject());
        }
        return new MessageAddress("", to == null ? queue : to, message.getSubject());
    }

    /**
     * Broker-J says the same of an exchange that is missing and of a key that no queue takes, but names the whole
     * address only of a missing exchange.
     */
    @Override
    public PublishOutcome outcome(DeliveryState state, BridgeMessage message) {
        var outcome = Outcomes.of(state);
        if (!(state instanceof Rejected rejected) || rejected.getError() == null) {
            return outcome;
        }
        var said = String.valueOf(rejected.getError().getDescription());
        if (said.startsWith("Non-durable message store")) {
            return new PublishOutcome.Refused("the broker's store is not durable, and takes no persistent messages over"
                    + " AMQP 1.0: set persistent: false in the route, give the broker a durable store, or use amqp://");
        }
        if (!(outcome instanceof PublishOutcome.Unroutable)) {
            return outcome;
        }
        var exchange = message.exchange();
        if (exchange.isEmpty()) {
            return new PublishOutcome.Unroutable("there is no queue '" + message.routingKey() + "'");
        }
        return said.contains("'" + exchange + "/" + message.routingKey() + "'")
                ? new PublishOutcome.Lost("exchange '" + exchange + "' is gone", PublishOutcome.Suspicion.CHANNEL)
                : new PublishOutcome.Unroutable(
                        "no queue takes it from exchange '" + exchange + "' by key '" + message.routingKey() + "'");
    }

    @Override
    public Future<Existence> inspect(Peer peer, Topology topology) {
        var management = new QpidManagement(peer);
        var exchange = topology.exchange();
        var queue = topology.queue();
        return queue == null
                ? management
                        .find(exchange)
                        .compose(ignored -> Dialect.existence(topology, () -> management.declare(exchange)))
                : management
                        .depth(queue.name())
                        .compose(ignored ->
                                Dialect.existence(topology, () -> management.declare(queue.name(), topology)));
    }

    @Override
    public BrokerException refusal(Topology topology) {
        return topology.queue() == null
                ? QpidRefusals.exchange(topology.exchange())
                : QpidRefusals.queue(topology.queue().name(), topology.queue());
    }

    @Override
    public Future<Void> ping(Peer peer) {
        return new QpidManagement(peer).ping();
    }

    @Override
    public Future<Source> source(Peer peer, String queue) {
        var source = new Source();
        source.setAddress(queue);
        return Future.succeededFuture(source);
    }

    @Override
    public Future<Map<String, Object>> arguments(QueueBounds bounds) {
        return Future.succeededFuture(bounds.forBrokerJ());
    }

    @Override
    public Future<QueueDepth> depth(Peer peer, String queue) {
        return new QpidManagement(peer).depth(queue);
    }

    @Override
    public Future<Boolean> deleteQueueIfUnused(Peer peer, String queue) {
        return new QpidManagement(peer).deleteQueueIfUnused(queue);
    }

    static BrokerException unsupported(String what, String remedy) {
        return new BrokerException(Kind.MISMATCH, "Broker-J has no " + what + ": " + remedy);
    }
}
