package dev.busbar.broker.amqp10;

import dev.busbar.broker.BindingChange;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.Existence;
import dev.busbar.broker.QueueBounds;
import dev.busbar.broker.QueueDepth;
import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.ExchangeConfig;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.message.Message;

/**
 * Speaks to any peer of which no more is known than that it speaks AMQP 1.0. The name of a queue is its address. An
 * exchange is what addresses begin with, so that a message goes to the address that exchange and key make together, and
 * its subject is its type. Nothing is declared, bound, compared, counted or deleted.
 */
final class PlainDialect implements Dialect {

    private static final String ANONYMOUS_RELAY = "ANONYMOUS-RELAY";

    /**
     * Declares nothing. A queue without a name that is bound to nothing, as for answers, is a node that the peer makes
     * for the link and names.
     */
    @Override
    public Future<ReceiverSources> declare(Peer peer, Topology topology, String unnamed, boolean rebound) {
        var queue = topology.queue();
        if (queue == null) {
            return Future.succeededFuture();
        }
        if (queue.name() == null && !topology.isBound()) {
            var source = new Source();
            source.setDynamic(true);
            return Future.succeededFuture(ReceiverSources.of(null, source));
        }
        return refused("a queue "
                + (topology.filters().isEmpty() ? "" : "with the filters " + topology.filters() + " ")
                + "would have to be declared, and with broker.dialect: plain Busbar declares nothing. Use routes"
                + " from queues that exist, or a broker whose dialect Busbar knows");
    }

    @Override
    public Future<ReceiverSources> find(Peer peer, Topology topology) {
        var name = topology.queue().name();
        return topology.isCompared()
                ? refused("queue '" + name + "' would have to be compared with its arguments, or with its single active"
                        + " consumer, and with broker.dialect: plain nothing tells them. Set its declare to false, or"
                        + " scope to competing")
                : source(peer, name).map(source -> ReceiverSources.of(name, source));
    }

    @Override
    public List<Future<Void>> rebind(Peer peer, Topology topology, String queue, List<BindingChange> changes) {
        return changes.stream()
                .map(change -> PlainDialect.<Void>refused("failed "
                        + change.doing(queue, topology.exchange().name())
                        + ": with broker.dialect: plain Busbar binds nothing"))
                .toList();
    }

    /** Has nothing to look for: the peer detaches the link of a queue that is gone. */
    @Override
    public Future<Void> renew(Peer peer, Topology topology, String queue) {
        return Future.succeededFuture();
    }

    @Override
    public Target target(String exchange) {
        return new Target();
    }

    @Override
    public boolean hasTargetOfExchange(Peer peer) {
        return peer.traits().capabilities().contains(ANONYMOUS_RELAY);
    }

    /** Returns the address of the message for a peer that does not pass messages on by their own address. */
    @Override
    public Target target(Peer peer, BridgeMessage message) {
        var target = new Target();
        if (!hasTargetOfExchange(peer)) {
            target.setAddress(address(message));
        }
        return target;
    }

    @Override
    public void address(Peer peer, Message amqp, BridgeMessage message) {
        amqp.setAddress(address(message));
        amqp.setSubject(message.properties().type());
    }

    private static String address(BridgeMessage message) {
        var exchange = message.exchange();
        if (!ExchangeConfig.isAddressPrefix(exchange)) {
            throw new IllegalArgumentException("with broker.dialect: plain the exchange '" + exchange
                    + "' would run into the key '" + message.routingKey()
                    + "': name one that addresses begin with, e.g. topic://, or \"\"");
        }
        var address = exchange + message.routingKey();
        if (address.isEmpty()) {
            throw new IllegalArgumentException("it has neither an exchange nor a key to be addressed by");
        }
        return address;
    }

    /** Returns the address that the message went to, after the exchange if the address begins with that. */
    @Override
    public MessageAddress addressOf(Message message, Topology topology, String queue) {
        var to = message.getAddress() == null ? queue : message.getAddress();
        var exchange = topology.exchange().name();
        return ExchangeConfig.isAddressPrefix(exchange) && to.startsWith(exchange)
                ? new MessageAddress(exchange, to.substring(exchange.length()), message.getSubject())
                : new MessageAddress("", to, message.getSubject());
    }

    @Override
    public Future<Source> source(Peer peer, String queue) {
        var source = new Source();
        source.setAddress(queue);
        return Future.succeededFuture(source);
    }

    /** Returns {@code false}: not every peer answers a drain. */
    @Override
    public boolean drains() {
        return false;
    }

    @Override
    public Future<Map<String, Object>> arguments(QueueBounds bounds) {
        return Future.failedFuture(new BrokerException(
                Kind.MISMATCH, "with broker.dialect: plain no queue is declared, and so none is bounded"));
    }

    @Override
    public Future<Existence> inspect(Peer peer, Topology topology) {
        return refused("with broker.dialect: plain nothing tells what exists. Ask the broker by its own tools");
    }

    @Override
    public Future<QueueDepth> depth(Peer peer, String queue) {
        return refused("with broker.dialect: plain the broker is not asked how many messages are in queue '" + queue
                + "'. Ask it by its own tools");
    }

    /** Deletes nothing. A node that the peer has made for a link is gone with the link. */
    @Override
    public Future<Boolean> deleteQueueIfUnused(Peer peer, String queue) {
        return Future.succeededFuture(false);
    }

    private static <T> Future<T> refused(String message) {
        return Future.failedFuture(new BrokerException(Kind.REFUSED, message));
    }
}
