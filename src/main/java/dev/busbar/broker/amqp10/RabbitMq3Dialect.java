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
import dev.busbar.codec.MessageProperties;
import dev.busbar.config.QueueType;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.message.Message;

/**
 * Speaks to RabbitMQ 3 with its plugin {@code rabbitmq_amqp1_0}, as of 3.10.8. The plugin declares no exchange and no
 * binding and deletes nothing: what exists is used as it is. The routing key is a message's subject. The plugin accepts
 * every publication, whether a queue takes it or not. It does not know the state {@code modified} and ends the session
 * over it.
 */
final class RabbitMq3Dialect implements Dialect {

    private static final long CREDIT_PERIOD_MILLIS = 10_000;

    @Override
    public String hostname(String virtualHost, String host) {
        return virtualHost.isEmpty() || virtualHost.equals("/") ? host : "vhost:" + virtualHost;
    }

    @Override
    public boolean looksAtVirtualHostLate() {
        return true;
    }

    @Override
    public Future<ReceiverSources> declare(Peer peer, Topology topology, String unnamed, boolean rebound) {
        var topologies = new RabbitMq3Topologies(peer, unnamed);
        return Dialect.needingExchange(peer, topology, topologies.requireExchange(topology.exchange()))
                .compose(ignored -> topology.queue() == null ? Future.succeededFuture() : topologies.sources(topology));
    }

    @Override
    public Future<ReceiverSources> find(Peer peer, Topology topology) {
        return new RabbitMq3Topologies(peer, null).find(topology);
    }

    @Override
    public List<Future<Void>> rebind(Peer peer, Topology topology, String queue, List<BindingChange> changes) {
        return changes.stream()
                .map(change -> Future.<Void>failedFuture(new BrokerException(
                        Kind.REFUSED,
                        "failed " + change.doing(queue, topology.exchange().name())
                                + ": RabbitMQ 3 cannot be told over AMQP 1.0 to change a binding. Use amqp:// in"
                                + " broker.uri")))
                .toList();
    }

    /**
     * Looks for the exchange and the queue; a lost binding cannot be seen. A consumer is not always told that its queue
     * is gone: while the plugin waits for the queue's answer to credit, it heeds nothing else for minutes.
     */
    @Override
    public Future<Void> renew(Peer peer, Topology topology, String queue) {
        var topologies = new RabbitMq3Topologies(peer, queue);
        return topologies.requireExchange(topology.exchange()).compose(ignored -> topologies.requireQueue(topology));
    }

    /** Returns 0 for a stream, which adds the credit that is granted anew to what it has. */
    @Override
    public long creditMillis(Topology topology) {
        return topology.queue().type() == QueueType.STREAM ? 0 : CREDIT_PERIOD_MILLIS;
    }

    @Override
    public Target target(String exchange) {
        var target = new Target();
        target.setAddress(RabbitMq3Address.exchange(exchange));
        return target;
    }

    @Override
    public void address(Peer peer, Message amqp, BridgeMessage message) {
        RabbitMq3Limits.check(message);
        amqp.setAddress(RabbitMq3Address.to(message.exchange(), message.routingKey()));
        amqp.setSubject(message.routingKey());
        if (amqp.getReplyTo() != null) {
            amqp.setReplyTo(RabbitMq3Address.declaredQueue(amqp.getReplyTo()));
        }
    }

    /**
     * Takes the subject for the routing key, also of a message that entered by 0-9-1; nothing tells the exchange of
     * such a message.
     */
    @Override
    public MessageAddress addressOf(Message message, Topology topology, String queue) {
        return new MessageAddress(
                RabbitMq3Address.exchangeOf(
                        message.getAddress(), topology.exchange().name()),
                message.getSubject() == null ? "" : message.getSubject());
    }

    /**
     * Looks whether the queue exists for a message to the default exchange, by which replies and parked messages go.
     * Whether a queue takes a message of another exchange, nothing tells.
     */
    @Override
    public Future<PublishOutcome> verify(Peer peer, BridgeMessage message) {
        return message.exchange().isEmpty()
                ? RabbitMqNodes.of(peer)
                        .queueExists(message.routingKey())
                        // The queue exists, and is another connection's or not for this user.
                        .otherwise(true)
                        .map(exists -> exists
                                ? PublishOutcome.Confirmed.INSTANCE
                                : new PublishOutcome.Unroutable("there is no queue '" + message.routingKey() + "'"))
                : null;
    }

    @Override
    public DeliveryState state(Settlement settlement) {
        return settlement == Settlement.REQUEUED || settlement == Settlement.FAILED
                ? Released.getInstance()
                : Outcomes.of(settlement);
    }

    @Override
    public MessageProperties received(MessageProperties properties) {
        return properties.replyTo() == null
                ? properties
                : properties.toBuilder()
                        .replyTo(RabbitMq3Address.queueOf(properties.replyTo()))
                        .build();
    }

    @Override
    public Future<Source> source(Peer peer, String queue) {
        var source = new Source();
        source.setAddress(RabbitMq3Address.queue(queue));
        return Future.succeededFuture(source);
    }

    /**
     * Returns {@code false}: the plugin may end the session over a drain, because no clause of rabbit_classic_queue
     * takes what the queue says then.
     */
    @Override
    public boolean drains() {
        return false;
    }

    @Override
    public BrokerTraits traits(Peer peer) {
        return BrokerTraits.ofRabbitMq(peer.traits().version());
    }

    /** Returns the arguments with which somebody has to have declared the queue. */
    @Override
    public Future<Map<String, Object>> arguments(QueueBounds bounds) {
        return Future.succeededFuture(bounds.forRabbitMq());
    }

    @Override
    public Future<QueueDepth> depth(Peer peer, String queue) {
        return Future.failedFuture(new BrokerException(
                Kind.REFUSED,
                "RabbitMQ 3 does not tell over AMQP 1.0 how many messages are in a queue. Use rabbitmqctl list_queues,"
                        + " or amqp:// in broker.uri"));
    }

    @Override
    public Future<Existence> inspect(Peer peer, Topology topology) {
        var exchange = topology.exchange();
        return topology.queue() != null
                // To look for a queue is to consume it, and ends one that is auto-delete.
                ? Future.failedFuture(new BrokerException(
                        Kind.REFUSED,
                        "RabbitMQ 3 does not tell over AMQP 1.0 which queues there are. Use rabbitmqctl list_queues, or"
                                + " amqp:// in broker.uri"))
                : RabbitMqNodes.of(peer)
                        .exchangeExists(exchange.name(), RabbitMq3Address.exchange(exchange.name()))
                        .compose(found -> !found && exchange.isDeclared()
                                ? Future.failedFuture(new BrokerException(
                                        Kind.MISMATCH,
                                        "it does not exist, and RabbitMQ 3 cannot be told over AMQP 1.0 to declare it."
                                                + " Declare it by hand, or use amqp:// in broker.uri"))
                                : Future.succeededFuture(found ? Existence.EXISTS : Existence.MISSING));
    }

    @Override
    public Future<Boolean> deleteQueueIfUnused(Peer peer, String queue) {
        return RabbitMqNodes.of(peer)
                .queueExists(queue)
                .compose(exists -> exists
                        ? Future.failedFuture(new BrokerException(
                                Kind.REFUSED,
                                "queue '" + queue + "' stays: RabbitMQ 3 cannot be told over AMQP 1.0 to delete it. Use"
                                        + " rabbitmqctl delete_queue, or amqp:// in broker.uri"))
                        : Future.succeededFuture(true));
    }
}
