package dev.busbar.testing.broker;

import static org.apache.qpid.protonj2.engine.impl.ProtonDeliveryTagGenerator.BUILTIN.SEQUENTIAL;

import dev.busbar.codec.BridgeMessage;
import dev.busbar.config.BrokerUri;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.protonj2.client.Client;
import org.apache.qpid.protonj2.client.Connection;
import org.apache.qpid.protonj2.client.ConnectionOptions;
import org.apache.qpid.protonj2.client.ReceiverOptions;
import org.apache.qpid.protonj2.client.Sender;
import org.apache.qpid.protonj2.client.SenderOptions;
import org.apache.qpid.protonj2.client.Tracker;
import org.apache.qpid.protonj2.client.exceptions.ClientException;

/** Connects by Qpid's blocking client of AMQP 1.0. */
public final class Wire10 implements ForeignWire {

    private static final int OPEN_MILLIS = 5_000;
    private static final int IDLE_MILLIS = 30_000;
    private static final int LOOK_MILLIS = 100;

    private final BrokerUri uri;
    private final Amqp10Admin.Nodes nodes;

    public Wire10(BrokerUri uri, Amqp10Admin.Nodes nodes) {
        this.uri = uri;
        this.nodes = nodes;
    }

    @Override
    public Link connect(String name) throws ClientException {
        var client = Client.create();
        try {
            var options = new ConnectionOptions()
                    .user(uri.user())
                    .password(uri.password().reveal())
                    .virtualHost(uri.virtualHost())
                    .openTimeout(OPEN_MILLIS)
                    .closeTimeout(OPEN_MILLIS)
                    .idleTimeout(IDLE_MILLIS);
            var connection = client.connect(uri.host(), uri.port(), options);
            connection.openFuture().get(OPEN_MILLIS, TimeUnit.MILLISECONDS);
            return new ConnectionLink(client, connection);
        } catch (Exception e) {
            client.closeAsync();
            throw new ClientException("not connected", e);
        }
    }

    private final class ConnectionLink implements Link {

        private record Sent(Tracker tracker, Runnable confirmed) {}

        private final Client client;
        private final Connection connection;
        private final Map<String, Sender> senders = new HashMap<>();
        private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
        private volatile boolean open = true;

        ConnectionLink(Client client, Connection connection) {
            this.client = client;
            this.connection = connection;
        }

        @Override
        public void publish(BridgeMessage message, Runnable confirmed) throws ClientException {
            if (senders.isEmpty()) {
                var confirms = new Thread(this::awaitConfirms, "foreign confirms");
                confirms.setDaemon(true);
                confirms.start();
            }
            var amqp = Foreign10.toAmqp(message.properties(), message.body());
            nodes.address(amqp, message);
            sent.add(new Sent(sender(nodes.target(message.exchange())).send(amqp), confirmed));
        }

        private Sender sender(String target) throws ClientException {
            if (!senders.containsKey(target)) {
                var options = new SenderOptions().deliveryTagGeneratorSupplier(SEQUENTIAL::createGenerator);
                senders.put(
                        target,
                        target == null
                                ? connection.openAnonymousSender(options)
                                : connection.openSender(target, options));
            }
            return senders.get(target);
        }

        /** Waits for confirms, in order. A refused message ends the connection, and so is sent again. */
        private void awaitConfirms() {
            try {
                while (open) {
                    var next = sent.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                    if (next != null) {
                        next.tracker.awaitAccepted();
                        next.confirmed.run();
                    }
                }
            } catch (ClientException | InterruptedException e) {
                close();
            }
        }

        @Override
        public void consume(String queue, int prefetch, Consumer consumer) throws Exception {
            var options = new ReceiverOptions().creditWindow(prefetch).autoAccept(false);
            var receiver = connection.openReceiver(nodes.source(queue), options);
            while (open) {
                var delivery = receiver.receive(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (delivery != null) {
                    consumer.take(Messages10.taken(delivery, nodes, queue));
                    delivery.accept();
                }
            }
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
            client.closeAsync();
        }
    }
}
