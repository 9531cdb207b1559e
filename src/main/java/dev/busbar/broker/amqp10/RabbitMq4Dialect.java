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
import dev.busbar.config.ExchangeConfig;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.apache.qpid.proton.amqp.DescribedType;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.messaging.Rejected;
import org.apache.qpid.proton.amqp.messaging.Released;
import org.apache.qpid.proton.amqp.messaging.Source;
import org.apache.qpid.proton.amqp.messaging.Target;
import org.apache.qpid.proton.amqp.transport.AmqpError;
import org.apache.qpid.proton.amqp.transport.DeliveryState;
import org.apache.qpid.proton.message.Message;

/**
 * Speaks to RabbitMQ 4 and later. Messages go over one anonymous link, each to the exchange and routing key in its
 * {@code to}; a message that arrives carries both as annotations. Exchanges, queues and bindings are declared through
 * {@code /management}. While memory or disk are short, the broker closes the windows of all sessions, see
 * {@link SessionWindows}.
 */
final class RabbitMq4Dialect implements Dialect {

    private static final Symbol EXCHANGE = Symbol.valueOf("x-exchange");
    private static final Symbol PRIORITY = Symbol.valueOf("rabbitmq:priority");
    private static final Symbol ROUTING_KEY = Symbol.valueOf("x-routing-key");

    @Override
    public String hostname(String virtualHost, String host) {
        return virtualHost.isEmpty() || virtualHost.equals("/") ? host : "vhost:" + virtualHost;
    }

    @Override
    public boolean hangsUpOnVirtualHost() {
        return true;
    }

    @Override
    public Future<ReceiverSources> declare(Peer peer, Topology topology, String unnamed, boolean rebound) {
        var management = new RabbitMq4Management(peer);
        var declared = Dialect.needingExchange(peer, topology, management.declare(topology.exchange()));
        var queue = topology.queue();
        if (queue == null) {
            return declared.compose(ignored -> Dialect.needingExchange(peer, topology, find(peer, topology.exchange())))
                    .mapEmpty();
        }
        var name = queue.name() == null ? unnamed : queue.name();
        return declared.compose(ignored -> management.declare(name, topology))
                .compose(ignored -> Dialect.needingExchange(peer, topology, management.bindAll(name, topology)))
                .map(ignored -> ReceiverSources.of(name, source(name, topology)));
    }

    @Override
    public Future<ReceiverSources> find(Peer peer, Topology topology) {
        var management = new RabbitMq4Management(peer);
        var name = topology.queue().name();
        var found = topology.isTrusted() ? Future.<Void>succeededFuture() : management.find(name);
        return found.compose(ignored ->
                        topology.isCompared() ? management.declare(name, topology) : Future.succeededFuture())
                .map(ignored -> ReceiverSources.of(name, source(name, topology)));
    }

    /**
     * Looks for an exchange that messages are published to. An exchange that a queue is bound to is found missing by
     * the binding: to look for it takes the permission to write.
     */
    private static Future<Void> find(Peer peer, ExchangeConfig exchange) {
        return exchange.isAwaited() ? lookFor(peer, exchange) : Future.succeededFuture();
    }

    private static Future<Void> lookFor(Peer peer, ExchangeConfig exchange) {
        return RabbitMqNodes.of(peer)
                .exchangeExists(exchange.name(), RabbitMq4Address.exchange(exchange.name()))
                .compose(exists -> exists
                        ? Future.succeededFuture()
                        : Future.failedFuture(new BrokerException(
                                BrokerException.Kind.NOT_FOUND, "there is no exchange '" + exchange.name() + "'")));
    }

    private static Source source(String queue, Topology topology) {
        var source = new Source();
        source.setAddress(RabbitMq4Address.queue(queue));
        var offset = topology.queue().arguments().get(RabbitMqStreams.OFFSET_ARGUMENT);
        if (offset != null) {
            source.setFilter(Map.of(RabbitMqStreams.OFFSET_FILTER, new StreamOffset(offset)));
        }
        return source;
    }

    @Override
    public Future<Void> renew(Peer peer, Topology topology, String queue) {
        var management = new RabbitMq4Management(peer);
        return management.declare(topology.exchange()).compose(ignored -> management.bindAll(queue, topology));
    }

    @Override
    public List<Future<Void>> rebind(Peer peer, Topology topology, String queue, List<BindingChange> changes) {
        var management = new RabbitMq4Management(peer);
        return changes.stream()
                .map(change -> management.bind(queue, topology, change))
                .toList();
    }

    @Override
    public Target target(String exchange) {
        return new Target();
    }

    /**
     * Writes the reply-to as an address from 4.2 on. Before, the broker hands it to consumers of AMQP 0-9-1 as it is,
     * and it has to be a name.
     */
    @Override
    public void address(Peer peer, Message amqp, BridgeMessage message) {
        amqp.setAddress(RabbitMq4Address.to(message.exchange(), message.routingKey()));
        amqp.setSubject(message.routingKey());
        if (amqp.getReplyTo() != null && peer.traits().isAtLeast(4, 2)) {
            amqp.setReplyTo(RabbitMq4Address.queue(amqp.getReplyTo()));
        }
    }

    @Override
    public MessageAddress addressOf(Message message, Topology topology, String queue) {
        return new MessageAddress(
                annotation(message, EXCHANGE, topology.exchange().name()), annotation(message, ROUTING_KEY, queue));
    }

    private static String annotation(Message message, Symbol name, String otherwise) {
        var annotations = message.getMessageAnnotations();
        return annotations != null && annotations.getValue().get(name) instanceof String text ? text : otherwise;
    }

    /**
     * Gives a message back as released, which counts as delivered but not as failed; a quorum queue bears 20 failed
     * deliveries.
     */
    @Override
    public DeliveryState state(Settlement settlement) {
        return settlement == Settlement.REQUEUED ? Released.getInstance() : Outcomes.of(settlement);
    }

    @Override
    public boolean blamesWhatASessionLeaves() {
        return true;
    }

    @Override
    public boolean takesBackByReleasing() {
        return true;
    }

    @Override
    public MessageProperties received(MessageProperties properties) {
        return properties.replyTo() == null
                ? properties
                : properties.toBuilder()
                        .replyTo(RabbitMq4Address.queueOf(properties.replyTo()))
                        .build();
    }

    /**
     * The broker releases a message that no queue takes. When it rejects a message as not found, the exchange is
     * missing.
     */
    @Override
    public PublishOutcome outcome(DeliveryState state, BridgeMessage message) {
        if (state instanceof Released) {
            return new PublishOutcome.Unroutable(
                    "no queue takes key '" + message.routingKey() + "' of exchange '" + message.exchange() + "'");
        }
        return state instanceof Rejected rejected
                        && rejected.getError() != null
                        && AmqpError.NOT_FOUND.equals(rejected.getError().getCondition())
                ? new PublishOutcome.Lost(
                        "the broker says " + rejected.getError().getDescription(), PublishOutcome.Suspicion.CHANNEL)
                : Outcomes.of(state);
    }

    @Override
    public Future<Source> source(Peer peer, String queue) {
        var source = new Source();
        source.setAddress(RabbitMq4Address.queue(queue));
        return Future.succeededFuture(source);
    }

    @Override
    public Map<Symbol, Object> linkProperties(ConsumerConfig consumer) {
        if (consumer.tag() != null
                || consumer.exclusive()
                || !consumer.arguments().isEmpty()) {
            throw new BrokerException(
                    BrokerException.Kind.MISMATCH,
                    "over AMQP 1.0 RabbitMQ knows the priority of a consumer, and no tag, exclusiveness or arguments. Use"
                            + " amqp:// for this route, or leave only priority in from.consumer");
        }
        return consumer.priority() == 0 ? Map.of() : Map.of(PRIORITY, consumer.priority());
    }

    @Override
    public BrokerTraits traits(Peer peer) {
        return BrokerTraits.ofRabbitMq(peer.traits().version());
    }

    @Override
    public Future<Map<String, Object>> arguments(QueueBounds bounds) {
        return Future.succeededFuture(bounds.forRabbitMq());
    }

    @Override
    public Future<QueueDepth> depth(Peer peer, String queue) {
        return new RabbitMq4Management(peer).depth(queue);
    }

    @Override
    public Future<Existence> inspect(Peer peer, Topology topology) {
        var management = new RabbitMq4Management(peer);
        var exchange = topology.exchange();
        var queue = topology.queue();
        return queue == null
                ? lookFor(peer, exchange)
                        .compose(ignored -> Dialect.existence(topology, () -> management.declare(exchange)))
                : management
                        .find(queue.name())
                        .compose(ignored ->
                                Dialect.existence(topology, () -> management.declare(queue.name(), topology)));
    }

    @Override
    public Future<Void> ask(Peer peer, Permission permission) {
        return question(peer, permission)
                .<Void>mapEmpty()
                .recover(failure -> failure instanceof BrokerException known
                                && known.kind() != BrokerException.Kind.FORBIDDEN
                                && known.kind() != BrokerException.Kind.UNREACHABLE
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure));
    }

    private static Future<?> question(Peer peer, Permission permission) {
        if (permission instanceof Permission.Publish asked && !asked.exchange().isEmpty()) {
            return RabbitMqNodes.of(peer).exchangeExists(asked.exchange(), RabbitMq4Address.exchange(asked.exchange()));
        } else if (permission instanceof Permission.Consume asked) {
            // The broker deletes an auto-delete queue when its last consumer leaves, also one without credit.
            return new RabbitMq4Management(peer)
                    .isAutoDelete(asked.queue())
                    .compose(autoDelete -> autoDelete
                            ? Future.succeededFuture()
                            : RabbitMqNodes.of(peer).queueExists(asked.queue(), RabbitMq4Address.queue(asked.queue())));
        } else if (permission instanceof Permission.DeclareQueue asked) {
            return new RabbitMq4Management(peer).ask(asked);
        } else if (permission instanceof Permission.Bind asked) {
            return new RabbitMq4Management(peer).ask(asked);
        }
        // Whether one may write to the default exchange, which has no address, shows with a message only. To declare an
        // exchange there is no request that fails for sure: what 4.3 refuses, 4.0 declares.
        return Future.succeededFuture();
    }

    @Override
    public Future<Boolean> deleteQueueIfUnused(Peer peer, String queue) {
        return new RabbitMq4Management(peer).deleteQueueIfUnused(queue);
    }

    private record StreamOffset(Object argument) implements DescribedType {
        @Override
        public Object getDescriptor() {
            return RabbitMqStreams.OFFSET_FILTER;
        }

        @Override
        public Object getDescribed() {
            return RabbitMqStreams.offset(argument);
        }
    }
}
