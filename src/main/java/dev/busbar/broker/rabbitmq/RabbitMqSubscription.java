package dev.busbar.broker.rabbitmq;

import dev.busbar.broker.AwaitingStart;
import dev.busbar.broker.Bindings;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.BrokerException.Kind;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.Delivery;
import dev.busbar.broker.ObservedState;
import dev.busbar.broker.RabbitMqArguments;
import dev.busbar.broker.Subscription;
import dev.busbar.broker.SubscriptionSpec;
import dev.busbar.broker.SubscriptionState;
import dev.busbar.config.QueueType;
import dev.busbar.topic.TopicFilter;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.rabbitmq.QueueOptions;
import io.vertx.rabbitmq.RabbitMQMessage;
import java.util.HashMap;
import java.util.function.Consumer;

/** Consumes a queue on a channel of its own. Declares, binds and consumes anew with each channel. */
final class RabbitMqSubscription implements Subscription {

    private static final String PRIORITY = "x-priority";

    private final EventLoopRabbitMQClient client;
    private final SubscriptionSpec spec;
    private final Handler<Delivery> handler;
    private final ObservedState state = new ObservedState();
    private volatile String queue;
    private final RabbitMqBindings wire;
    private final Bindings bindings;
    private final RabbitMqTopologyWatch watch;
    private final TopologyDeclarer declarer;
    private final AwaitingStart start;
    private final ChannelFlow flow;
    private EventLoopConsumer consumer;
    private SettlementBatch settlements;
    private boolean stopping;

    RabbitMqSubscription(EventLoopRabbitMQClient client, SubscriptionSpec spec, Handler<Delivery> handler) {
        this.client = client;
        this.spec = spec;
        this.handler = handler;
        this.wire = new RabbitMqBindings(client, spec.topology(), this::queue);
        this.bindings =
                new Bindings(client.context(), spec.name(), spec.topology().filters(), wire);
        this.declarer = new TopologyDeclarer(client);
        this.watch = new RabbitMqTopologyWatch(client, spec.topology(), bindings);
        this.queue = spec.topology().queue().name();
        this.flow = new ChannelFlow(client);
        this.start = AwaitingStart.of(spec, client.context().promise());
    }

    /**
     * Starts the subscription.
     *
     * @return completes when the consumer is live; where it {@link SubscriptionSpec#startsEarly starts early}, also if
     *     something that others declare does not exist yet: it is looked for again and again
     */
    Future<Void> start() {
        client.addConnectionEstablishedCallback(this::establish);
        client.cancellationHandler(ended -> client.renew(new BrokerException(
                Kind.NOT_FOUND,
                "the broker has ended the consumer of queue '" + queue
                        + "': the queue is gone, or a message was not settled within consumer_timeout")));
        client.onChannelState(this::channelChanged);
        return start.with(client.start().onFailure(ignored -> client.stop()));
    }

    private void establish(Promise<Void> done) {
        settlements = new SettlementBatch(client);
        client.consumers().forget(consumer);
        if (stopping) {
            done.complete();
            return;
        }
        declarer.declare(spec.topology(), bindings::declared)
                .compose(name -> {
                    queue = name;
                    return client.basicQos(spec.prefetch());
                })
                .compose(ignored -> client.basicConsumer(queue, options()))
                .<Void>map(consuming -> {
                    consumer = (EventLoopConsumer) consuming;
                    consuming.handler(this::received);
                    if (controlsFlow()) {
                        flow.renew();
                    }
                    return null;
                })
                .recover(failure -> Future.failedFuture(start.explained(failure)))
                .onComplete(done);
    }

    private QueueOptions options() {
        var consumer = spec.consumer();
        var arguments = new HashMap<>(consumer.arguments());
        if (consumer.priority() != 0) {
            arguments.put(PRIORITY, consumer.priority());
        }
        var offset = spec.topologyNow().queue().arguments().get(RabbitMqArguments.STREAM_OFFSET);
        if (offset != null) {
            arguments.put(RabbitMqArguments.STREAM_OFFSET, offset);
        }
        var options = new QueueOptions().setAutoAck(false);
        options.setConsumerExclusive(consumer.exclusive());
        options.setConsumerArguments(arguments);
        if (consumer.tag() != null) {
            options.setConsumerTag(consumer.tag());
        }
        return options;
    }

    private void received(RabbitMQMessage message) {
        handler.handle(settlements.received(message));
    }

    private void channelChanged() {
        var channel = client.channelState();
        if (channel instanceof ConnectionState.Closing && settlements != null) {
            settleBeforeClose();
        }
        if (!(channel instanceof ConnectionState.Connected || channel instanceof ConnectionState.Connecting)
                && settlements != null) {
            settlements.end();
        }
        if (channel instanceof ConnectionState.Connected && !stopping) {
            watch.watch(queue);
            bindings.connected();
        } else {
            watch.end();
            bindings.disconnected();
        }
        if (stopping || channel instanceof ConnectionState.Closed || channel instanceof ConnectionState.Closing) {
            bindings.end("stopped");
            state.change(new SubscriptionState.Stopped());
        } else if (channel instanceof ConnectionState.Connected) {
            state.change(new SubscriptionState.Active());
        } else if (channel instanceof ConnectionState.Waiting waiting) {
            state.change(new SubscriptionState.Recovering(waiting.cause().getMessage()));
            start.waits(waiting.cause());
        }
    }

    /**
     * Settles what can be settled before the channel closes. The active consumer of a single-active queue gives nothing
     * back, because the messages would return to it until its channel ends. Nothing can be given back to a stream:
     * RabbitMQ 3 closes the connection of a client that tries (540).
     */
    private void settleBeforeClose() {
        if (spec.topology().singleActive() || spec.topology().queue().type() == QueueType.STREAM) {
            settlements.flush();
        } else {
            settlements.giveBack();
        }
    }

    @Override
    public String queue() {
        return queue;
    }

    @Override
    public SubscriptionState state() {
        return state.present(client.connection().obstacle());
    }

    @Override
    public void onStateChange(Consumer<SubscriptionState> observer) {
        state.observe(observer);
    }

    @Override
    public Future<Void> bind(TopicFilter filter) {
        return client.futureOnLoop(() -> bindings.bind(filter));
    }

    @Override
    public Future<Void> unbind(TopicFilter filter) {
        return client.futureOnLoop(() -> bindings.unbind(filter));
    }

    @Override
    public void consumeAgain(String why) {
        client.renew(new BrokerException(Kind.NOT_FOUND, why));
    }

    @Override
    public Future<Void> stop() {
        stopping = true;
        watch.end();
        bindings.end("stopped");
        state.change(new SubscriptionState.Stopped());
        return consumer == null ? Future.succeededFuture() : endFlow();
    }

    private Future<Void> endFlow() {
        if (!spec.topology().singleActive()) {
            return consumer.end().otherwiseEmpty();
        }
        // The end of the channel gives the messages to the next consumer, and RabbitMQ 3.10 may fail over a
        // basic.cancel (rabbitmq-server #5460).
        consumer.pause();
        // Else Broker-J would deliver the next message once the one in hand is settled, and take it back at the end of
        // the channel after the next consumer has those behind it.
        return controlsFlow() ? flow.stop() : Future.succeededFuture();
    }

    private boolean controlsFlow() {
        return spec.topology().singleActive() && client.dialect().obeysFlow();
    }

    @Override
    public Future<Void> close() {
        stopping = true;
        bindings.end("closed");
        flow.end();
        return wire.close().eventually(client::stop);
    }
}
