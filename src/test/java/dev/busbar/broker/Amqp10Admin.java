package dev.busbar.broker;

import static org.apache.qpid.protonj2.engine.impl.ProtonDeliveryTagGenerator.BUILTIN.SEQUENTIAL;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.BrokerUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.AdvancedMessage;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.Delivery;
import org.apache.qpid.protonj2.client.Receiver;
import org.apache.qpid.protonj2.client.ReceiverOptions;
import org.apache.qpid.protonj2.client.Rejected;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.SenderOptions;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/**
 * Qpid's blocking client of AMQP 1.0 for messages, so that nothing of them is converted on the way; what the protocol
 * has no word for, another client does. Delivery tags are not used again: Broker-J may still hold one it has settled.
 */
public final class Amqp10Admin implements Admin {

    private static final String NO_QUEUE = "amqp:not-found";
    private static final long PATIENCE_SECONDS = 20;
    private static final long EMPTY_MILLIS = 2_000;
    private static final long LOOK_MILLIS = 100;

    /** How a broker's queues and exchanges are addressed. */
    public interface Nodes {

        /** What to attach a sender to; {@code null} for the anonymous relay. */
        String target(String exchange);

        /** Addresses a message that goes to the {@link #target}. */
        void address(AdvancedMessage<Object> message, BridgeMessage from) throws ClientException;

        /** What to attach a receiver to. */
        String source(String queue);

        /** A message received, in the terms of tests. */
        BridgeMessage received(Amqp10Message message, String queue);

        /** Whether somebody was given it before. */
        default boolean redelivered(Amqp10Message message) {
            return message.header().getDeliveryCount() > 0;
        }
    }

    private interface Command<T> {
        T on(Connection connection) throws ClientException;
    }

    private final BrokerUri uri;
    private final Admin topology;
    private final Nodes nodes;
    private final Client client = Client.create();
    private final List<String> own = new ArrayList<>();
    private Connection connection;
    private Receiver receiver;
    private String received;
    private boolean asked;

    /** @param topology for all but messages; closed with this */
    public Amqp10Admin(BrokerUri uri, Admin topology, Nodes nodes) {
        this.uri = uri;
        this.topology = topology;
        this.nodes = nodes;
    }

    private synchronized <T> T run(Command<T> command) {
        try {
            if (connection == null) {
                var options = new ConnectionOptions()
                        .user(uri.user())
                        .password(uri.password().reveal())
                        .virtualHost(uri.virtualHost());
                connection = client.connect(uri.host(), uri.port(), options);
            }
            return command.on(connection);
        } catch (ClientException e) {
            forget();
            throw new IllegalStateException(e);
        }
    }

    private void forget() {
        if (connection != null) {
            connection.closeAsync();
        }
        connection = null;
        receiver = null;
        received = null;
        asked = false;
    }

    @Override
    public void publish(List<BridgeMessage> messages) {
        stopReceiving();
        run(open -> {
            var target =
                    messages.isEmpty() ? null : nodes.target(messages.get(0).exchange());
            var options = new SenderOptions().deliveryTagGeneratorSupplier(SEQUENTIAL::createGenerator);
            var sender = target == null ? open.openAnonymousSender(options) : open.openSender(target, options);
            var sent = new ArrayList<Tracker>();
            for (var message : messages) {
                sent.add(send(sender, message));
            }
            for (var tracker : sent) {
                requireTaken(tracker.awaitSettlement(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            sender.close();
            return null;
        });
    }

    private Tracker send(Sender sender, BridgeMessage message) throws ClientException {
        var amqp = Foreign10.toAmqp(message.properties(), message.body());
        nodes.address(amqp, message);
        return sender.send(amqp);
    }

    /** As a publisher that does not insist on a queue. */
    private static void requireTaken(Tracker tracker) {
        var state = tracker.remoteState();
        var unroutable = state.isReleased()
                || state instanceof Rejected rejected && rejected.getCondition().equals(NO_QUEUE);
        if (!state.isAccepted() && !unroutable) {
            throw new IllegalStateException("refused: " + state);
        }
    }

    @Override
    public Taken get(String queue) {
        if (!queue.equals(received)) {
            stopReceiving();
        }
        return run(open -> {
            var giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EMPTY_MILLIS);
            // What is there may be in somebody's hand, on its way back or out; or, not counted any more, on its way
            // here.
            while ((asked || topology.status(queue).messages() > 0) && System.nanoTime() < giveUp) {
                var delivery = receiving(open, queue).receive(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (delivery != null) {
                    asked = false;
                    delivery.accept();
                    return taken(delivery, nodes, queue);
                }
            }
            stopReceiving();
            return null;
        });
    }

    static Taken taken(Delivery delivery, Nodes nodes, String queue) throws ClientException {
        try (var bytes = delivery.rawInputStream()) {
            var message = Amqp10Message.read(bytes.readAllBytes());
            return new Taken(nodes.received(message, queue), nodes.redelivered(message));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The link stays between takes, or each would wait for its attach. */
    private Receiver receiving(Connection open, String queue) throws ClientException {
        if (receiver == null) {
            var options = new ReceiverOptions().creditWindow(0).autoAccept(false);
            receiver = open.openReceiver(nodes.source(queue), options);
            received = queue;
        }
        if (!asked) {
            receiver.addCredit(1);
            asked = true;
        }
        return receiver;
    }

    private synchronized void stopReceiving() {
        if (receiver != null) {
            receiver.close();
        }
        receiver = null;
        received = null;
        asked = false;
    }

    private Admin topology() {
        stopReceiving();
        return topology;
    }

    @Override
    public boolean queueExists(String queue) {
        return topology().queueExists(queue);
    }

    @Override
    public boolean exchangeExists(String exchange) {
        return topology().exchangeExists(exchange);
    }

    @Override
    public void declareQueue(String queue, Map<String, Object> arguments) {
        topology().declareQueue(queue, arguments);
    }

    @Override
    public void declareAutoDeleteQueue(String queue) {
        topology().declareAutoDeleteQueue(queue);
    }

    /** No other connection could read what the other client has for itself. */
    @Override
    public String declareOwnQueue() {
        var name = "own-" + UUID.randomUUID();
        topology().declareQueue(name);
        own.add(name);
        return name;
    }

    @Override
    public void declareExchange(String exchange, String type) {
        topology().declareExchange(exchange, type);
    }

    @Override
    public void bind(String queue, String exchange, String key) {
        topology().bind(queue, exchange, key);
    }

    @Override
    public void deleteQueue(String queue) {
        topology().deleteQueue(queue);
    }

    @Override
    public void deleteExchange(String exchange) {
        topology().deleteExchange(exchange);
    }

    @Override
    public Status status(String queue) {
        return topology().status(queue);
    }

    @Override
    public void close() {
        stopReceiving();
        own.forEach(topology::deleteQueue);
        client.close();
        topology.close();
    }
}
