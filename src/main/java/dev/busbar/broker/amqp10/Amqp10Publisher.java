package dev.busbar.broker.amqp10;

import dev.busbar.broker.AwaitingStart;
import dev.busbar.broker.BrokerException;
import dev.busbar.broker.ConnectionState;
import dev.busbar.broker.PublishOutcome;
import dev.busbar.broker.PublishOutcome.Suspicion;
import dev.busbar.broker.Publisher;
import dev.busbar.broker.PublisherSpec;
import dev.busbar.broker.ReconnectPolicy;
import dev.busbar.broker.Topology;
import dev.busbar.codec.BridgeMessage;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.qpid.proton.message.Message;

/** Publishes with confirms in a session of its own: the disposition of a transfer confirms the message. */
final class Amqp10Publisher implements Publisher, LinkLifecycle.Owner {

    private static final int MAX_ROUTING_KEY_BYTES = 255;

    private final LinkLifecycle life;
    private final PublisherSpec spec;
    private final Consumer<Amqp10Publisher> whenClosed;
    private final Transfers unconfirmed;
    private final List<Runnable> observers = new ArrayList<>();
    private final CreditWatch credit;
    private final AwaitingStart start;
    private SenderLinks links;
    /** Whose exchange a link is being attached to, which may end the session; {@code null} if none is. */
    private Topology attaching;

    private boolean wasReady;

    /** @param whenClosed called with this publisher when it is closed */
    Amqp10Publisher(
            SharedAmqp10Connection connection,
            ReconnectPolicy policy,
            PublisherSpec spec,
            Consumer<Amqp10Publisher> whenClosed) {
        this.whenClosed = whenClosed;
        this.life = new LinkLifecycle(connection, policy, this);
        this.spec = spec;
        this.unconfirmed = new Transfers(connection.context(), connection.suspects(), this::declareAgain);
        this.credit = new CreditWatch();
        this.start = AwaitingStart.ofPublisher(connection.context().promise());
    }

    /** Starts to publish. Completes too while an exchange that others declare does not exist yet. */
    Future<Void> start() {
        return start.with(life.start());
    }

    @Override
    public Future<Void> attach(LinkLifecycle.Session session) {
        var opening = new SenderLinks(session, spec.name(), this::updateReadiness);
        links = opening;
        var done = Future.<Void>succeededFuture();
        for (var topology : spec.topologies()) {
            done = done.compose(ignored ->
                            session.peer().dialect().provide(session.peer(), topology, Peer.linkName("busbar"), false))
                    .compose(ignored -> {
                        attaching = topology;
                        return opening.ahead(topology.exchange().name());
                    })
                    .map(attached -> {
                        attaching = null;
                        return null;
                    });
        }
        return done;
    }

    @Override
    public Throwable explained(Throwable failure) {
        var explained = attaching == null ? failure : attaching.exchangeExplained(failure);
        attaching = null;
        return start.explained(explained);
    }

    @Override
    public void detached(String reason, boolean byBroker) {
        links = null;
        unconfirmed.failAll(new PublishOutcome.Lost(
                reason, byBroker ? Suspicion.CHANNEL : life.connection().suspicion()));
    }

    @Override
    public void mayPublish() {
        updateReadiness();
    }

    @Override
    public void stateChanged() {
        if (life.state() instanceof ConnectionState.Waiting waiting) {
            start.waits(waiting.cause());
        }
        updateReadiness();
    }

    @Override
    public boolean ready() {
        return sendable() && life.connection().suspects().isOpen();
    }

    private boolean sendable() {
        return life.attached() && links != null && links.maySend();
    }

    @Override
    public void onReady(Runnable observer) {
        observers.add(observer);
    }

    /** Finds out whether this publisher is ready, and tells the observers when it has become so. */
    private void updateReadiness() {
        var ready = ready();
        var turned = ready && !wasReady;
        wasReady = ready;
        credit.granted(sendable() || !life.attached());
        if (turned) {
            observers.forEach(Runnable::run);
        }
    }

    @Override
    public String obstacle() {
        if (life.state() instanceof ConnectionState.Waiting waiting) {
            var connection = life.connection().obstacle();
            return connection == null ? waiting.cause().getMessage() : connection;
        }
        if (!life.attached()) {
            var connection = life.connection().obstacle();
            if (connection != null) {
                return connection;
            }
            var failure = life.connection().lastFailure();
            return failure == null ? "the connection is being made" : failure.getMessage();
        }
        return blocked();
    }

    /** Returns why the broker takes no messages although the link is attached; {@code null} while it takes them. */
    String blocked() {
        updateReadiness();
        if (!credit.missing()) {
            return null;
        }
        return "the broker takes no publications at present: "
                + (links != null && links.windowClosed()
                        ? "it is low on memory or disk, as RabbitMQ says by closing the session's window"
                        : "it grants no credit to publisher '" + spec.name() + "'");
    }

    @Override
    public void publish(BridgeMessage message, boolean mandatory, Handler<PublishOutcome> outcome) {
        if (!life.attached() || links == null) {
            completeLater(outcome, new PublishOutcome.Lost("not connected"));
            return;
        }
        var peer = life.session().peer();
        var located = peer.dialect().locate(peer, message);
        if (located == null) {
            try {
                var amqp = toAmqp(message, peer);
                links.send(message, amqp, transfer(message, mandatory, peer, outcome));
            } catch (IllegalArgumentException e) {
                completeLater(outcome, new PublishOutcome.Refused(e.getMessage(), true));
            }
        } else {
            sendWhenLocated(located, message, peer, transfer(message, mandatory, peer, outcome));
        }
        wasReady = wasReady && ready();
    }

    private Transfers.Transfer transfer(
            BridgeMessage message, boolean mandatory, Peer peer, Handler<PublishOutcome> outcome) {
        return unconfirmed.add(
                peer.dialect(), message, mandatory ? () -> peer.dialect().verify(peer, message) : null, outcome);
    }

    private void sendWhenLocated(
            Future<PublishOutcome> located, BridgeMessage message, Peer peer, Transfers.Transfer transfer) {
        located.onSuccess(instead -> {
            if (instead != null) {
                transfer.end(instead);
            } else if (!transfer.over()) {
                try {
                    links.send(message, toAmqp(message, peer), transfer);
                } catch (IllegalArgumentException e) {
                    transfer.end(new PublishOutcome.Refused(e.getMessage(), true));
                }
            }
        });
    }

    private static Message toAmqp(BridgeMessage message, Peer peer) {
        requireKey(message.routingKey());
        var amqp = MessageMapping.toAmqp(message);
        peer.dialect().address(peer, amqp, message);
        return amqp;
    }

    /** Limits the routing key as AMQP 0-9-1 does, so that consumers over 0-9-1 get the message too. */
    private static void requireKey(String routingKey) {
        if (ByteBufUtil.utf8Bytes(routingKey) > MAX_ROUTING_KEY_BYTES) {
            throw new IllegalArgumentException("its routing key is longer than " + MAX_ROUTING_KEY_BYTES + " bytes");
        }
    }

    private void completeLater(Handler<PublishOutcome> outcome, PublishOutcome what) {
        life.context().runOnContext(ignored -> outcome.handle(what));
    }

    @Override
    public void declareAgain(String why) {
        if (life.session() != null) {
            life.session().lost(new BrokerException(BrokerException.Kind.NOT_FOUND, why));
        }
    }

    @Override
    public Future<Void> close() {
        whenClosed.accept(this);
        return life.stop();
    }
}
