package dev.busbar.testing.broker;

import static org.apache.qpid.protonj2.engine.impl.ProtonDeliveryTagGenerator.BUILTIN.SEQUENTIAL;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.BrokerUri;
import dev.busbar.testing.broker.Admin.Status;
import dev.busbar.testing.broker.Admin.Taken;
import dev.busbar.testing.broker.Amqp10Admin.Nodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
 * Publishes and takes messages one at a time with Qpid's blocking client. Delivery tags are not used again: Broker-J
 * may still hold one it has settled.
 */
final class Messages10 implements AutoCloseable {

    private static final String NO_QUEUE = "amqp:not-found";
    private static final long PATIENCE_SECONDS = 60;
    private static final long EMPTY_MILLIS = 2_000;
    private static final long LOOK_MILLIS = 100;

    private interface Command<T> {
        T on(Connection connection) throws ClientException;
    }

    private final BrokerUri uri;
    private final Nodes nodes;
    private final Function<String, Status> statuses;
    private final Client client = Client.create();
    private Connection connection;
    private Receiver receiver;
    private String received;
    private boolean asked;

    /**
     * Makes a client that connects at its first use.
     *
     * @param statuses returns the status of a queue by its name
     */
    Messages10(BrokerUri uri, Nodes nodes, Function<String, Status> statuses) {
        this.uri = uri;
        this.nodes = nodes;
        this.statuses = statuses;
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
            if (connection != null) {
                connection.closeAsync();
            }
            connection = null;
            forgetReceiver();
            throw new IllegalStateException(e);
        }
    }

    void publish(List<BridgeMessage> messages) {
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

    /** Requires that the broker has taken a message, or had no queue for it: the publisher does not insist on one. */
    private static void requireTaken(Tracker tracker) {
        var state = tracker.remoteState();
        var unroutable = state.isReleased()
                || state instanceof Rejected rejected && rejected.getCondition().equals(NO_QUEUE);
        if (!state.isAccepted() && !unroutable) {
            throw new IllegalStateException("refused: " + state);
        }
    }

    /** Takes the next message. The link stays until {@link #stopTaking}, or each take would wait for its attach. */
    Taken take(String queue) {
        if (!queue.equals(received)) {
            stopTaking();
        }
        return run(open -> {
            var giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EMPTY_MILLIS);
            // A message that is counted may be in a consumer's hand, on its way back or out. One that is not counted
            // any more may be on its way here.
            while ((asked || statuses.apply(queue).messages() > 0) && System.nanoTime() < giveUp) {
                var delivery = receiving(open, queue).receive(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (delivery != null) {
                    asked = false;
                    delivery.accept();
                    return taken(delivery, nodes, queue);
                }
            }
            stopTaking();
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

    /** Closes the links that take messages. Called before a test inspects the queue, which has no consumer then. */
    synchronized void stopTaking() {
        if (receiver != null) {
            receiver.close();
        }
        forgetReceiver();
    }

    private void forgetReceiver() {
        receiver = null;
        received = null;
        asked = false;
    }

    @Override
    public void close() {
        stopTaking();
        client.close();
    }
}
