package dev.busbar.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import dev.busbar.broker.AwaitingStart;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.Publisher;
import dev.busbar.broker.PublisherSpec;
import dev.busbar.codec.BridgeMessage;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** Publishes with confirms, on a channel of its own. */
final class RabbitMqPublisher implements Publisher {

    private final EventLoopRabbitMQClient client;
    private final PublisherSpec spec;
    private final TopologyDeclarer declarer;
    private final AwaitingStart start;
    private final List<Runnable> readyObservers = new ArrayList<>();

    RabbitMqPublisher(EventLoopRabbitMQClient client, PublisherSpec spec) {
        this.client = client;
        this.spec = spec;
        this.declarer = new TopologyDeclarer(client);
        this.start = AwaitingStart.ofPublisher(client.context().promise());
    }

    /** Starts to publish. Completes too while an exchange that others declare does not exist yet. */
    Future<Void> start() {
        client.addConnectionEstablishedCallback(this::establish);
        client.onWritable(this::tellReady);
        client.onChannelState(this::channelChanged);
        return start.with(client.start().onFailure(ignored -> client.stop()));
    }

    private void channelChanged() {
        if (client.channelState() instanceof ConnectionState.Waiting waiting) {
            start.waits(waiting.cause());
        }
    }

    private void tellReady() {
        if (ready()) {
            readyObservers.forEach(Runnable::run);
        }
    }

    private void establish(Promise<Void> done) {
        declarer.declareAll(spec.topologies())
                .compose(ignored -> client.confirmSelect())
                .recover(failure -> Future.failedFuture(start.explained(failure)))
                .onComplete(done);
    }

    @Override
    public boolean ready() {
        return client.channelState() instanceof ConnectionState.Connected && client.isWritable();
    }

    @Override
    public void onReady(Runnable observer) {
        readyObservers.add(observer);
    }

    @Override
    public String obstacle() {
        if (client.channelState() instanceof ConnectionState.Waiting waiting) {
            return waiting.cause().getMessage();
        }
        if (!(client.channelState() instanceof ConnectionState.Connected)) {
            var failure = client.connection().lastFailure();
            return failure == null ? "the connection is being made" : failure.getMessage();
        }
        var blocked = client.blockedReason();
        return blocked == null ? null : "the broker takes no publications at present: " + blocked;
    }

    @Override
    public void publish(BridgeMessage message, boolean mandatory, Handler<PublishOutcome> outcome) {
        AMQP.BasicProperties properties;
        try {
            properties = client.dialect().outgoing(PropertyMapping.toAmqp(message.properties()));
        } catch (IllegalArgumentException e) {
            client.publications().refuse(e, outcome);
            return;
        }
        client.publications()
                .publishConfirmed(
                        message.exchange(), message.routingKey(), mandatory, properties, message.body(), outcome);
    }

    @Override
    public void declareAgain(String why) {
        client.renew(new BrokerException(BrokerException.Kind.NOT_FOUND, why));
    }

    @Override
    public Future<Void> close() {
        return client.stop();
    }
}
